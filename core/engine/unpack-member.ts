import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { workerData } from 'node:worker_threads'
import { createGunzip } from 'node:zlib'
import { EigendeskError, fromSystemError } from '../contract/errors.ts'
import { serveRequests, type Requests } from './requests.ts'

/** What a thread that unpacks is given, and what it answers each request with. */
export interface Unpacking {
  path: string
  requests: Requests
}

export interface UnpackedBlock {
  /** empty at the end */
  bytes: Uint8Array
  /** bytes of the file that went into what was given so far */
  packed: number
}

const BLOCK_BYTES = 1 << 18

/** A thread that unpacks a gzip file, block by block as it is asked for: never more than a few blocks are in memory, however
 * much the file unpacks to. */
const { path, requests } = workerData as Unpacking
const gunzip = createGunzip({ chunkSize: BLOCK_BYTES })
const input = createReadStream(path, { highWaterMark: BLOCK_BYTES })
input.on('error', (error) => gunzip.destroy(error))
const blocks = input.pipe(gunzip)[Symbol.asyncIterator]()

serveRequests(requests, async (): Promise<UnpackedBlock> => {
  try {
    const { value, done } = (await blocks.next()) as { value?: Uint8Array; done?: boolean }
    return { bytes: done === true || !value ? new Uint8Array(0) : value, packed: gunzip.bytesWritten }
  } catch (thrown) {
    const file = basename(path)
    if (!(thrown instanceof Error) || !('code' in thrown) || !String(thrown.code).startsWith('Z_')) {
      throw fromSystemError(thrown, file)
    }
    const reason = thrown.code === 'Z_BUF_ERROR' ? 'it ends before what it holds is complete' : thrown.message
    throw new EigendeskError('FILE_CORRUPT', { file, reason })
  }
})
