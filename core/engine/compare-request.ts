import type { Version } from '../table/difference.ts'

/** A dataset of the session, to be read chunk by chunk. */
export type StoredVersion = Omit<Version, 'chunk'>

/** Two readings of one file. */
export interface CompareTask {
  task: 'compare'
  before: StoredVersion
  after: StoredVersion
}

/** What the engine is asked for: one chunk of a column of either. */
export interface VersionRequest {
  version: 'before' | 'after'
  position: number
  chunk: number
}
