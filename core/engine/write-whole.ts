import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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
    // writeSync may write less than it is given, on a disk that is nearly full; writeFileSync writes all or throws.
    const append = (part: string | Uint8Array): void => {
      const whole = typeof part === 'string' ? Buffer.from(part) : part
      writeFileSync(handle, whole)
      bytes += whole.byteLength
    }
    try {
      for (const part of parts) {
        if (typeof part !== 'string') append(part)
        else {
          text += part
          if (text.length < WRITE_CHARACTERS) continue
          append(text)
          text = ''
        }
      }
      append(text)
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
