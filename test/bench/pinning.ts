import { spawnSync } from 'node:child_process'
import { existsSync, readlinkSync } from 'node:fs'
import path from 'node:path'

const THREAD = '/proc/thread-self'

/** Keeps the calling thread on one processor, so that two threads never share one. False where that cannot be done. */
export function pinThisThread(processor: number): boolean {
  if (!existsSync(THREAD)) return false
  const thread = path.basename(readlinkSync(THREAD))
  return spawnSync('taskset', ['-cp', String(processor), thread], { stdio: 'ignore' }).status === 0
}
