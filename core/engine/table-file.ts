import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs'
import { basename } from 'node:path'
import { EigendeskError, fromSystemError } from '../contract/errors.ts'
import type { ByteSource, Digest, TableInput } from './byte-source.ts'

/** Bytes read at a time: large enough for the disk, small enough for progress. */
const READ_BYTES = 1024 * 1024

/** A table file open for reading. Its size is the one it had when it was opened. */
export class TableFile implements TableInput {
  readonly name: string
  readonly bytes: number
  readonly #handle: number
  readonly #modified: number

  /** @throws FILE_NOT_FOUND | FILE_IS_FOLDER | FILE_UNREADABLE | FILE_EMPTY */
  constructor(path: string) {
    this.name = basename(path)
    try {
      // Looked at before it is opened: opening a pipe waits, perhaps for ever, for somebody to write into it.
      refuseSpecial(statSync(path), this.name)
      this.#handle = openSync(path, 'r')
    } catch (thrown) {
      throw fromSystemError(thrown, this.name)
    }
    const stat = fstatSync(this.#handle)
    this.bytes = stat.size
    this.#modified = stat.mtimeMs
    if (this.bytes === 0) {
      this.close()
      throw new EigendeskError('FILE_EMPTY', { file: this.name })
    }
  }

  /** The first bytes, at most limit. */
  head(limit: number): Uint8Array {
    const parts: Uint8Array[] = []
    for (const part of this.blocks(limit)) parts.push(part)
    return Buffer.concat(parts)
  }

  unpackedBytes(): number {
    return this.bytes
  }

  /** The last bytes, at most limit. */
  tail(limit: number): Uint8Array {
    const length = Math.min(limit, this.bytes)
    const bytes = Buffer.alloc(length)
    try {
      return bytes.subarray(0, readSync(this.#handle, bytes, 0, length, this.bytes - length))
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      throw new EigendeskError('FILE_UNREADABLE', { file: this.name, reason })
    }
  }

  /** The file block by block, each in memory of its own.
   * @throws FILE_CHANGED where it ends early or was written to meanwhile */
  *blocks(limit = this.bytes): Generator<Uint8Array> {
    const end = Math.min(limit, this.bytes)
    let at = 0
    while (at < end) {
      const block = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, end - at))
      const read = this.#readAt(block, at)
      if (read === 0) throw new EigendeskError('FILE_CHANGED', { file: this.name })
      at += read
      yield block.subarray(0, read)
    }
    this.#refuseChanged()
  }

  /** The file from its beginning. What is read goes past the digest, if one is given. */
  source(digest?: Digest): ByteSource {
    let position = 0
    const read = (into: Uint8Array): number => {
      const wanted = Math.min(into.length, this.bytes - position)
      let filled = 0
      while (filled < wanted) {
        const got = this.#readAt(into.subarray(filled, wanted), position + filled)
        if (got === 0) throw new EigendeskError('FILE_CHANGED', { file: this.name })
        filled += got
      }
      position += filled
      if (filled < into.length) this.#refuseChanged()
      digest?.add(into.subarray(0, filled))
      return filled
    }
    return {
      name: this.name,
      bytes: this.bytes,
      get position() {
        return position
      },
      read
    }
  }

  #readAt(into: Uint8Array, at: number): number {
    try {
      return readSync(this.#handle, into, 0, into.length, at)
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      throw new EigendeskError('FILE_UNREADABLE', { file: this.name, reason })
    }
  }

  #refuseChanged(): void {
    const stat = fstatSync(this.#handle)
    if (stat.size !== this.bytes || stat.mtimeMs !== this.#modified) {
      throw new EigendeskError('FILE_CHANGED', { file: this.name })
    }
  }

  close(): void {
    closeSync(this.#handle)
  }
}

function refuseSpecial(stat: Stats, file: string): void {
  if (stat.isDirectory()) throw new EigendeskError('FILE_IS_FOLDER', { file })
  if (!stat.isFile()) throw new EigendeskError('FILE_UNREADABLE', { file, reason: 'it is not a regular file' })
}

/** SHA-256 of what went past, in hexadecimal. */
export function startDigest(): Digest {
  const hash = createHash('sha256')
  return { add: (bytes) => void hash.update(bytes), finish: () => hash.digest('hex') }
}
