import { kernels } from '../linalg/kernels/kernels.ts'
import { padColumns } from '../linalg/kernels/moments-kernels.ts'
import { SAMPLES_TASKS } from '../linalg/kernels/samples-kernels.ts'
import { SHUFFLE_TASKS } from '../linalg/kernels/shuffle-kernels.ts'
import type { SeededRandom } from '../linalg/random.ts'
import type { Watch } from '../linalg/watch.ts'
import { PRODUCTS_LIMIT } from './moments.ts'

/** Sums over rows, each counted so often: the upper triangle of [z 1]ᵀ·[z 1], row-major. */
export interface CountedSums {
  /** entry (i, j) for i ≤ j ≤ p at i·stride + j; the sums of the columns in column p, what all rows count at (p, p) */
  data: Float64Array
  stride: number
}

/** Tables of more columns have no block of rows in a cache beside their sums. */
export const SAMPLED_COLUMNS = PRODUCTS_LIMIT - 1
/** Rows of a task: what they sum up to does not depend on the number of threads. */
const SLICE_ROWS = 65_536
/** What counts and sums of the samples that are worked on at once may take. */
const HELD_BYTES = 64 * 2 ** 20

/** How many samples of n rows and p columns are worked on at once. */
export function samplesAtOnce(n: number, p: number): number {
  const sums = p <= SAMPLED_COLUMNS ? 8 * Math.ceil(n / SLICE_ROWS) * padColumns(p + 1) ** 2 : 0
  return Math.max(1, Math.min(128, Math.floor(HELD_BYTES / (4 * n + sums))))
}

/** Samples of n rows, each drawn n times with replacement: how often each row came, samples × n, in the memory of the kernels.
 * @param random gives each sample a generator of its own, so that the threads share the drawing */
export function drawSamples(random: SeededRandom, samples: number, n: number, watch: Watch): Int32Array {
  const { memory } = kernels()
  const counts = memory.allocateIntegers(samples * n)
  memory.frame(() => {
    const states = memory.allocateIntegers(4 * samples)
    for (let at = 0; at < states.length; at++) states[at] = random.integer(2 ** 32)
    kernels().share(SHUFFLE_TASKS.draws, [n, counts.byteOffset, states.byteOffset], samples, watch)
  })
  return counts
}

/** The sums of several samples of the rows of a table, in one round of the threads.
 * @param z n × p, at most SAMPLED_COLUMNS columns, row-major @param counts samples × n, not negative
 * @param weights what a row counts each time, n; null: 1. All three in the memory of the kernels
 * @returns one a sample, in the memory of the kernels. Cost: p² flops for each row that is counted at all */
export function sampleProducts(
  z: Float64Array,
  [n, p]: readonly [number, number],
  counts: Int32Array,
  weights: Float64Array | null,
  watch: Watch
): CountedSums[] {
  const { memory } = kernels()
  const samples = counts.length / n
  const stride = padColumns(p + 1)
  const slices = Math.ceil(n / SLICE_ROWS)
  const size = stride * stride
  const sums = memory.allocate(samples * slices * size)
  const addresses = [z.byteOffset, n, p, stride, counts.byteOffset, weights ? weights.byteOffset : 0]
  const args = [...addresses, slices, SLICE_ROWS, sums.byteOffset]
  kernels().share(SAMPLES_TASKS.products, args, samples * slices, watch)
  return Array.from({ length: samples }, (_, sample) => {
    const first = sums.byteOffset + 8 * sample * slices * size
    for (let slice = 1; slice < slices; slice++) kernels().run.axpy(size, 1, first + 8 * slice * size, first)
    return { data: sums.subarray(sample * slices * size, (sample * slices + 1) * size), stride }
  })
}
