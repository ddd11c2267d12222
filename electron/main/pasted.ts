import { app } from 'electron'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

let folder: string | undefined

/** Keeps a pasted table as a file for as long as the app runs: it goes through the same preview as any other. */
export function keepPasted(text: string): string {
  folder ??= prepareFolder()
  const path = join(mkdtempSync(join(folder, 'paste-')), 'Clipboard')
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

/** What an app that was killed left behind goes first. */
function prepareFolder(): string {
  const path = join(app.getPath('userData'), 'pasted')
  const clear = (): void => rmSync(path, { recursive: true, force: true })
  clear()
  mkdirSync(path, { recursive: true, mode: 0o700 })
  app.on('quit', clear)
  return path
}
