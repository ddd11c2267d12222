// A team of threads over one memory. The leader (thread 0) opens a round of tasks; helpers that are awake take tasks from
// the same counter; a helper that wakes too late finds the round closed and sleeps again, so a round never waits for it.
// Which thread runs a task has no influence on what the task computes.
import { runTask } from './tasks'

/** Slots of the control block, in bytes from the start of memory; 64 apart so that no two share a cache line. */
const ROUND: usize = 1024
const OPEN: usize = 1088
const NEXT: usize = 1152
const ACTIVE: usize = 1216
const STOP: usize = 1280
const FAILED: usize = 1344
const TOTAL: usize = 1408
const KERNEL: usize = 1412
const ARGS: usize = 1416

/** About 40 microseconds: longer than the work between two rounds of a factorization, shorter than a wake-up. */
const SPINS: i32 = 20000

/** Begins a round of `total` tasks. Leader only. */
export function openRound(kernel: i32, args: usize, total: i32): void {
  store<i32>(TOTAL, total)
  store<i32>(KERNEL, kernel)
  store<usize>(ARGS, args)
  atomic.store<i32>(NEXT, 0)
  atomic.store<i32>(OPEN, 1)
  atomic.add<i32>(ROUND, 1)
  atomic.notify(ROUND, -1)
}

/** Runs one task of the round as `thread`; false where none is left. */
export function runNext(thread: i32): bool {
  const task = atomic.add<i32>(NEXT, 1)
  if (task >= load<i32>(TOTAL)) return false
  runTask(load<i32>(KERNEL), load<usize>(ARGS), task, thread)
  return true
}

/** Ends a round: no task is begun any more, and those begun are waited for. True where a helper failed. Leader only. */
export function closeRound(): bool {
  atomic.store<i32>(NEXT, i32.MAX_VALUE >> 1)
  atomic.store<i32>(OPEN, 0)
  let spins = 0
  while (true) {
    const active = atomic.load<i32>(ACTIVE)
    if (active == 0) break
    if (++spins > SPINS) atomic.wait<i32>(ACTIVE, active, 1000000)
  }
  return atomic.xchg<i32>(FAILED, 0) != 0
}

/** A helper's life: returns when the team is dissolved. */
export function serve(thread: i32): void {
  let seen = 0
  while (true) {
    let spins = 0
    while (atomic.load<i32>(ROUND) == seen && spins < SPINS) spins++
    if (spins == SPINS) atomic.wait<i32>(ROUND, seen, -1)
    seen = atomic.load<i32>(ROUND)
    if (atomic.load<i32>(STOP) != 0) return
    atomic.add<i32>(ACTIVE, 1)
    if (atomic.load<i32>(OPEN) != 0) while (runNext(thread)) continue
    leaveRound()
  }
}

function leaveRound(): void {
  if (atomic.sub<i32>(ACTIVE, 1) == 1) atomic.notify(ACTIVE, -1)
}

/** Said by a helper whose task ended in a trap. */
export function failRound(): void {
  atomic.store<i32>(FAILED, 1)
  atomic.store<i32>(NEXT, i32.MAX_VALUE >> 1)
  leaveRound()
}

/** Sends every helper home. */
export function dissolve(): void {
  atomic.store<i32>(STOP, 1)
  atomic.add<i32>(ROUND, 1)
  atomic.notify(ROUND, -1)
}
