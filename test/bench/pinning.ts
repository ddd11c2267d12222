import { spawnSync } from 'node:child_process'
import { existsSync, readlinkSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'

const THREAD = '/proc/thread-self'

/** Keeps the calling thread on one processor, so that two threads never share one. False where that cannot be done. */
export function pinThisThread(processor: number): boolean {
  if (!existsSync(THREAD)) return false
  const thread = path.basename(readlinkSync(THREAD))
  return spawnSync('taskset', ['-cp', String(processor), thread], { stdio: 'ignore' }).status === 0
}

/** A command that may use every processor, though it is started from a pinned thread: what is started from one is pinned with
 * it, a window with all of its processes too. */
export function onAllProcessors(command: string, args: readonly string[]): [string, string[]] {
  if (!existsSync(THREAD)) return [command, [...args]]
  return ['taskset', ['-c', `0-${cpus().length - 1}`, command, ...args]]
}
