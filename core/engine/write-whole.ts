import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'

/** Text is gathered to this many characters before it is written. */
const WRITE_CHARACTERS = 1 << 16

/** Writes a file whole or not at all: beside it first, then renamed over. Returns the bytes written.
 * @throws FILE_NOT_WRITABLE; what was there before is unchanged */
export function writeWhole(path: string, parts: Iterable<string | Uint8Array>): number {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    const handle = openSync(temporary, 'w')
    let bytes = 0
    let text = ''
    try {
      for (const part of parts) {
        if (typeof part !== 'string') bytes += writeSync(handle, part)
        else {
          text += part
          if (text.length < WRITE_CHARACTERS) continue
          bytes += writeSync(handle, text)
          text = ''
        }
      }
      bytes += writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, path)
    return bytes
  } catch (thrown) {
    rmSync(temporary, { force: true })
    if (thrown instanceof EigendeskError) throw thrown
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new EigendeskError('FILE_NOT_WRITABLE', { file: basename(path), reason })
  }
}
