/** How often a work is measured: at least `least` times, and up to `most` times as long as that takes no longer than
 * `milliseconds`: medians of short times need more of them. */
export interface Effort {
  readonly least: number
  readonly most: number
  readonly milliseconds: number
  /** milliseconds of warming up, at least one run: our code and the peers' are both fast only once they have run a while */
  readonly warmUp: number
}

/** Where a clock is too coarse for a work, it took this long, in milliseconds. */
const SHORTEST = 0.001

/** Milliseconds that passed. */
const wallClock = (): number => performance.now()

const nothing = new Int32Array(new SharedArrayBuffer(4))

/** Milliseconds that the calling thread has computed: what else the machine does is not counted. Linux brings this count
 * up to date every 4 ms, and when a thread goes to sleep: so it sleeps for a moment first. */
function threadClock(): number {
  Atomics.wait(nothing, 0, 0, 0.05)
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Milliseconds of each run of each work, after a warm-up of each. They take turns, so that what else the machine does
 * falls on all of them alike.
 * @param threads that do the work: the time of one is the time it computes, that of several the time that passes */
export function measureInTurn(
  works: readonly (() => unknown)[],
  threads: number,
  { least, most, milliseconds, warmUp }: Effort
): number[][] {
  const clock = threads === 1 ? threadClock : wallClock
  const timeOf = (work: () => unknown): number => {
    const start = clock()
    work()
    return Math.max(clock() - start, SHORTEST)
  }
  const begun = performance.now()
  let round = 0
  do round = works.map(timeOf).reduce((sum, time) => sum + time, 0)
  while (performance.now() - begun < warmUp)
  const runs = Math.min(most, Math.max(least, Math.floor(milliseconds / round)))
  const times: number[][] = works.map(() => [])
  for (let run = 0; run < runs; run++) works.forEach((work, w) => times[w]!.push(timeOf(work)))
  return times
}

/** The same for one work. */
export const measure = (work: () => unknown, threads: number, effort: Effort): number[] =>
  measureInTurn([work], threads, effort)[0]!

/** The same, and what the last run returned. */
export function measureKeeping<T>(work: () => T, threads: number, effort: Effort): { times: number[]; result: T } {
  const results: T[] = []
  const times = measure(
    () => {
      results[0] = work()
    },
    threads,
    effort
  )
  return { times, result: results[0]! }
}

/** The middle of the times, the mean of both middles where their number is even. */
export function median(times: readonly number[]): number {
  const sorted = times.toSorted((x, y) => x - y)
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}

/** max |xₖ − yₖ| / |yₖ| */
export function largestRelativeError(x: ArrayLike<number>, y: readonly number[]): number {
  return y.reduce((largest, wanted, k) => Math.max(largest, Math.abs(x[k]! - wanted) / Math.abs(wanted)), 0)
}
