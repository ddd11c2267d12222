import type { Printable } from './json-stream.ts'
import type { Workbench } from './workbench.ts'

/** What a command prints: an object for --json, a few lines otherwise. */
export interface Printout {
  json: boolean
  entries: [string, Printable][]
  words: string[]
}

export type Command = (words: string[], bench: Workbench, say: (words: string) => void) => Promise<Printout>
