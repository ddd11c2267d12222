import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { EigendeskError, fromSystemError } from '../contract/errors.ts'
import type { RandomAccess } from '../formats/typed-table.ts'

/** A file of which any part can be read. A part beyond its end is shorter.
 * @throws FILE_NOT_FOUND | FILE_UNREADABLE; while reading FILE_CHANGED */
export function openRandomAccess(path: string): { file: RandomAccess; close: () => void } {
  const name = basename(path)
  let handle: number
  try {
    handle = openSync(path, 'r')
  } catch (thrown) {
    throw fromSystemError(thrown, name)
  }
  const { size, mtimeMs } = fstatSync(handle)
  const read = (from: number, to: number): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from))
    let filled = 0
    while (filled < bytes.length) {
      let got: number
      try {
        got = readSync(handle, bytes, filled, bytes.length - filled, from + filled)
      } catch (thrown) {
        throw fromSystemError(thrown, name)
      }
      if (got === 0) throw new EigendeskError('FILE_CHANGED', { file: name })
      filled += got
    }
    if (fstatSync(handle).mtimeMs !== mtimeMs) throw new EigendeskError('FILE_CHANGED', { file: name })
    return bytes
  }
  return { file: { name, bytes: size, read }, close: () => closeSync(handle) }
}
