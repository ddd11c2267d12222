import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Files named on the command line, as absolute paths; they need not exist. Switches are left to Chromium,
 * except after "--", where everything is a file. Linux file managers pass file: addresses.
 * @param argv the whole command line, the executable first
 * @param isDefaultApp Electron was started with the app's folder as its first argument */
export function fileArguments(argv: string[], cwd: string, isDefaultApp: boolean): string[] {
  const given = argv.slice(1)
  const separator = given.indexOf('--')
  const before = separator === -1 ? given : given.slice(0, separator)
  const after = separator === -1 ? [] : given.slice(separator + 1)
  const words = before.filter((word) => word !== '' && !word.startsWith('-'))
  const files = [...(isDefaultApp ? words.slice(1) : words), ...after]
  return files.map((word) =>
    resolve(cwd, URL.canParse(word) && word.startsWith('file:///') ? fileURLToPath(word) : word)
  )
}

/** Sorts paths into those that exist and those that do not. */
export function partitionByExistence(paths: string[]): { found: string[]; missing: string[] } {
  return { found: paths.filter((path) => existsSync(path)), missing: paths.filter((path) => !existsSync(path)) }
}
