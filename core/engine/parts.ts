import type { EngineEvent } from '../contract/calls.ts'
import type { ComputePool } from './compute-pool.ts'
import type { Desk } from './desk.ts'
import type { FileGrants } from './file-grants.ts'
import type { JobQueue } from './jobs.ts'

/** What calls that read or write files are made of. */
export interface EngineParts {
  desk: Desk
  grants: FileGrants
  jobs: JobQueue
  pool: ComputePool
  emit: (event: EngineEvent) => void
}
