import { closeSync, openSync, readSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { ByteSource, Digest, TableInput } from './byte-source.ts'
import { Asker } from './requests.ts'
import { TableFile } from './table-file.ts'
import type { UnpackedBlock, Unpacking } from './unpack-member.ts'

/** Whether a file begins as gzip does. What cannot be opened is told by whoever reads it as a table. */
export function isGzip(path: string): boolean {
  const start = Buffer.alloc(3)
  try {
    const handle = openSync(path, 'r')
    try {
      readSync(handle, start, 0, 3, 0)
    } finally {
      closeSync(handle)
    }
  } catch {
    return false
  }
  return start[0] === 0x1f && start[1] === 0x8b && start[2] === 8
}

/** A table in a gzip file. A thread of its own unpacks it, as fast as it is read; size and digest are those of the file as
 * it lies on the disk. */
export class PackedFile implements TableInput {
  readonly #file: TableFile
  readonly #path: string
  readonly #memberUrl: URL
  readonly #checkpoint: () => void
  #packed = 0

  /** @throws FILE_NOT_FOUND | FILE_UNREADABLE; while reading FILE_CORRUPT, where the file ends early or is damaged */
  constructor(path: string, memberUrl: URL, checkpoint: () => void) {
    this.#file = new TableFile(path)
    this.#path = path
    this.#memberUrl = memberUrl
    this.#checkpoint = checkpoint
  }

  get name(): string {
    return this.#file.name
  }

  get bytes(): number {
    return this.#file.bytes
  }

  /** What it would unpack to, as far as can be told from the bytes that were. */
  unpackedBytes(read: number): number {
    return Math.max(read, Math.round((read * this.bytes) / Math.max(1, this.#packed)))
  }

  head(limit: number): Uint8Array {
    const parts: Uint8Array[] = []
    for (const part of this.blocks(limit)) parts.push(part)
    return Buffer.concat(parts)
  }

  /** The end of it cannot be read without all before it. */
  tail(): null {
    return null
  }

  *blocks(limit = Infinity): Generator<Uint8Array> {
    const asker = new Asker<null, UnpackedBlock>(this.#checkpoint)
    const given: Unpacking = { path: this.#path, requests: asker.requests }
    const member = new Worker(this.#memberUrl, { workerData: given, transferList: [asker.requests.port] })
    member.unref()
    try {
      for (let left = limit; left > 0;) {
        const { bytes, packed } = asker.ask(null)
        this.#packed = packed
        if (bytes.length === 0) return
        yield bytes.subarray(0, left)
        left -= bytes.length
      }
    } finally {
      asker.close()
      void member.terminate()
    }
  }

  source(digest?: Digest): ByteSource {
    if (digest) for (const block of this.#file.blocks()) digest.add(block)
    const blocks = this.blocks()
    const packed = (): number => this.#packed
    let rest: Uint8Array = new Uint8Array(0)
    const read = (into: Uint8Array): number => {
      let filled = 0
      while (filled < into.length) {
        if (rest.length === 0) {
          const next = blocks.next()
          if (next.done) break
          rest = next.value
        }
        const part = rest.subarray(0, into.length - filled)
        into.set(part, filled)
        filled += part.length
        rest = rest.subarray(part.length)
      }
      return filled
    }
    return {
      name: this.name,
      bytes: this.bytes,
      get position() {
        return packed()
      },
      read
    }
  }

  close(): void {
    this.#file.close()
  }
}
