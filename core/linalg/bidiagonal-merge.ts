import { EigendeskError } from '../contract/errors.ts'
import { BIDIAGONAL_TASKS } from './kernels/bidiagonal-kernels.ts'
import { kernels } from './kernels/kernels.ts'
import { blockOf, multiplyInto, panelOf, type Panel } from './panel.ts'
import type { Watch } from './watch.ts'

const EPSILON = Number.EPSILON / 2
/** Couplings below this are dropped however small their block is: squares of squares must not underflow. */
const NEGLIGIBLE = 2 ** -200
/** Entries of the secular matrix in a task of a team. */
const TASK_WORK = 20_000
/** After so many the kernel gives a root up: its STEPS. */
const ROOT_STEPS = 1100

/** Vectors as rows in the memory of the kernels. */
export interface VectorRows {
  array: Float64Array
  /** index of the first entry of the first row */
  start: number
  stride: number
}

/** Two solved blocks and the row between them: alpha times the last column of the upper one, beta times the first of the
 * lower one. */
interface Halves {
  /** n: singular values of the upper block, the place of the row between, those of the lower block; becomes those of all */
  values: Float64Array
  /** order of the upper block, and position of the row between */
  above: number
  /** 1 where there is one more column than rows */
  extra: 0 | 1
  alpha: number
  beta: number
  /** positions in values, ascending */
  upper: readonly number[]
  lower: readonly number[]
  /** n rows: left vectors; that of the row between is a unit vector */
  left: VectorRows
  /** n + extra rows: right vectors; rows `above` and n are the null vectors of the blocks */
  right: VectorRows
}

/** Makes the singular values and vectors of two blocks into those of the whole, in place.
 * @returns positions of the values, ascending
 * @throws NO_CONVERGENCE
 * Source: Gu & Eisenstat (1995), §2–§4: deflation, the secular equation, vectors from refined weights. */
export function mergeHalves(halves: Halves, watch: Watch): number[] {
  const { values, above, extra, left, right } = halves
  const { memory } = kernels()
  const n = values.length
  return memory.frame(() => {
    const { active, weights, deflated, mixed } = deflate(halves)
    const count = active.length
    // Vectors with a part in one half only stand at the two ends, those with a part in both between them.
    const only = (half: 'upper' | 'lower') => (at: number) => !mixed.has(at) && at < above === (half === 'upper')
    const [first, last] = [active.filter(only('upper')), active.filter(only('lower'))]
    const middle = active.filter((at) => mixed.has(at))
    const arranged = [...first, ...middle, ...last]
    const places = memory.allocateIntegers(count)
    const placeOf = new Map(arranged.map((at, place) => [at, place]))
    active.forEach((at, j) => (places[j] = placeOf.get(at)!))
    const poles = memory.allocate(count)
    active.forEach((at, j) => (poles[j] = j === 0 ? 0 : values[at]!))
    if (count > 1) poles[1] = Math.max(poles[1]!, halfTolerance(halves))
    const { roots, leftMatrix, rightMatrix } = solveSecular(poles, memory.copy(weights), places, watch)
    const rest = deflated.map((at) => values[at]!)
    for (const [vectors, length, matrix] of [
      [left, n, leftMatrix],
      [right, n + extra, rightMatrix]
    ] as const) {
      const parts = { upper: [...first, ...middle], lower: [...middle, ...last], skipped: first.length, deflated }
      combine(vectors, length, above + 1, panelOf(matrix, count, count), parts, watch)
    }
    values.set(roots)
    values.set(rest, count)
    return Array.from(values.keys()).sort((i, j) => values[i]! - values[j]! || i - j)
  })
}

function toleranceOf({ values, alpha, beta, upper, lower }: Halves): number {
  const largest = Math.max(values[upper.at(-1)!]!, values[lower.at(-1)!]!)
  return Math.max(8 * EPSILON * Math.max(Math.abs(alpha), Math.abs(beta), largest), NEGLIGIBLE)
}

const halfTolerance = (halves: Halves): number => toleranceOf(halves) / 2

interface Deflation {
  /** positions that take part in the secular equation: the row between first, then ascending values */
  active: number[]
  /** their weights in the row between */
  weights: Float64Array
  /** positions whose values and vectors are final */
  deflated: number[]
  /** positions whose vectors have a part in both halves */
  mixed: Set<number>
}

/** Finds the values that the row between does not touch, and turns equal ones so that it touches only one of them. */
function deflate(halves: Halves): Deflation {
  const { values, above, extra, upper, lower } = halves
  const n = values.length
  const tolerance = toleranceOf(halves)
  const z = rowBetween(halves)
  const mixed = new Set([above])
  const turn = (vectors: VectorRows, x: number, y: number, length: number, cosine: number, sine: number): void => {
    const at = vectors.array.byteOffset + 8 * vectors.start
    kernels().run.rotate(length, at + 8 * x * vectors.stride, at + 8 * y * vectors.stride, cosine, sine)
  }
  let first = z[above]!
  if (extra === 1) {
    const length = Math.hypot(first, z[n]!)
    if (length > tolerance) turn(halves.right, above, n, n + 1, first / length, z[n]! / length)
    first = length
  }
  const active = [above]
  const weights = [first]
  const deflated: number[] = []
  let previous = -1
  for (const at of merged(values, upper, lower)) {
    if (Math.abs(z[at]!) <= tolerance) {
      deflated.push(at)
      continue
    }
    if (previous >= 0 && values[at]! - values[previous]! <= tolerance) {
      const length = Math.hypot(z[previous]!, z[at]!)
      const [cosine, sine] = [z[at]! / length, -z[previous]! / length]
      turn(halves.left, previous, at, n, cosine, sine)
      turn(halves.right, previous, at, n + extra, cosine, sine)
      z[at] = length
      if (previous < above !== at < above || mixed.has(previous)) mixed.add(at)
      deflated.push(previous)
    } else if (previous >= 0) {
      active.push(previous)
      weights.push(z[previous]!)
    }
    previous = at
  }
  if (previous >= 0) {
    active.push(previous)
    weights.push(z[previous]!)
  }
  // Left alone, the row between is a singular value as it is, and may be 0.
  if (active.length > 1 && Math.abs(first) <= tolerance) weights[0] = tolerance
  return { active, weights: Float64Array.from(weights), deflated, mixed }
}

/** The row between the halves, in the basis of their right vectors. */
function rowBetween({ values, above, extra, alpha, beta, right }: Halves): Float64Array {
  const m = values.length + extra
  return Float64Array.from({ length: m }, (_, i) => {
    const row = right.start + i * right.stride
    return i <= above ? alpha * right.array[row + above]! : beta * right.array[row + above + 1]!
  })
}

function merged(values: Float64Array, upper: readonly number[], lower: readonly number[]): number[] {
  const result: number[] = []
  let [i, j] = [0, 0]
  while (i < upper.length || j < lower.length) {
    const fromUpper = j === lower.length || (i < upper.length && values[upper[i]!]! <= values[lower[j]!]!)
    result.push(fromUpper ? upper[i++]! : lower[j++]!)
  }
  return result
}

/** Singular values and vectors of the matrix with first row `weights` and below it the diagonal `poles`; column j of the
 * vectors in the place places[j]. */
function solveSecular(
  poles: Float64Array,
  weights: Float64Array,
  places: Int32Array,
  watch: Watch
): { roots: Float64Array; leftMatrix: Float64Array; rightMatrix: Float64Array } {
  const { memory } = kernels()
  const count = poles.length
  if (count === 1) {
    const [roots, leftMatrix, rightMatrix] = [memory.allocate(1), memory.allocate(1), memory.allocate(1)]
    roots[0] = Math.abs(weights[0]!)
    leftMatrix[0] = 1
    rightMatrix[0] = weights[0]! < 0 ? -1 : 1
    return { roots, leftMatrix, rightMatrix }
  }
  const roots = memory.allocate(count)
  const differences = memory.allocate(count * count)
  const refined = memory.allocate(count)
  const leftMatrix = memory.allocate(count * count)
  const rightMatrix = memory.allocate(count * count)
  const failures = memory.allocateIntegers(1).fill(0)
  const each = Math.max(1, Math.floor(TASK_WORK / count))
  const arrays = [poles, weights, roots, differences, refined, places, leftMatrix, rightMatrix, failures]
  const args = [count, each, ...arrays.map(({ byteOffset }) => byteOffset)]
  for (const task of [BIDIAGONAL_TASKS.roots, BIDIAGONAL_TASKS.weights, BIDIAGONAL_TASKS.vectors]) {
    kernels().share(task, args, Math.ceil(count / each), watch)
  }
  if (failures[0] !== 0)
    throw new EigendeskError('NO_CONVERGENCE', { value: ROOT_STEPS, reason: 'steps towards a root' })
  return { roots, leftMatrix, rightMatrix }
}

/** New vectors from old: the rows of matrix weigh the rows of parts.upper and parts.lower; those deflated move behind.
 * @param length entries of a vector @param width of them in the upper half */
function combine(
  { array, start, stride }: VectorRows,
  length: number,
  width: number,
  matrix: Panel,
  parts: { upper: readonly number[]; lower: readonly number[]; skipped: number; deflated: readonly number[] },
  watch: Watch
): void {
  const { memory } = kernels()
  const count = matrix.rows
  const gather = (rows: readonly number[], from: number, to: number): Float64Array => {
    const copy = memory.allocate(rows.length * (to - from))
    rows.forEach((at, k) => {
      const row = start + at * stride
      copy.set(array.subarray(row + from, row + to), k * (to - from))
    })
    return copy
  }
  memory.frame(() => {
    const upper = panelOf(gather(parts.upper, 0, width), parts.upper.length, width)
    const lower = panelOf(gather(parts.lower, width, length), parts.lower.length, length - width)
    const kept = gather(parts.deflated, 0, length)
    for (let i = 0; i < count; i++) array.fill(0, start + i * stride, start + i * stride + length)
    const target = panelOf(array.subarray(start), count, length, stride)
    multiplyInto(blockOf(target, 0, 0, count, width), 1, blockOf(matrix, 0, 0, count, upper.rows), upper, watch)
    multiplyInto(
      blockOf(target, 0, width, count, length - width),
      1,
      blockOf(matrix, 0, parts.skipped, count, lower.rows),
      lower,
      watch
    )
    parts.deflated.forEach((_, k) => {
      array.set(kept.subarray(k * length, (k + 1) * length), start + (count + k) * stride)
    })
  })
}
