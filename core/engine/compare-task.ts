import type { Difference } from '../contract/reimport.ts'
import { decodeChunk, LINES_POSITION, storageKind } from '../table/chunks.ts'
import { compareVersions, type Version } from '../table/difference.ts'
import type { CompareTask, StoredVersion, VersionRequest } from './compare-request.ts'
import { Asker } from './requests.ts'
import type { TaskOutside } from './task-outside.ts'

/** How two stored readings of a file differ; neither is ever in memory whole.
 * @throws CANCELLED */
export function compareStored({ before, after }: CompareTask, { post, checkpoint }: TaskOutside): Difference {
  const chunks = new Asker<VersionRequest, Uint8Array>(checkpoint)
  post({ type: 'reading', requests: chunks.requests }, [chunks.requests.port])
  const read = (version: 'before' | 'after', stored: StoredVersion): Version => ({
    ...stored,
    chunk: (position, chunk) =>
      decodeChunk(
        position === LINES_POSITION ? 'codes' : storageKind(stored.columns[position]!.type),
        chunks.ask({ version, position, chunk })
      )
  })
  try {
    return compareVersions(read('before', before), read('after', after), {
      checkpoint,
      progress: (fraction) => post({ type: 'progress', phase: 'Comparing', fraction })
    })
  } finally {
    chunks.close()
  }
}
