import { kernels } from '../linalg/kernels/kernels.ts'
import { padColumns } from '../linalg/kernels/moments-kernels.ts'
import { placeIn, zeros } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { axesOfSums, unitsOfSums, type AxesOfRows } from './axes-of-rows.ts'
import type { Preparation } from './prepare-again.ts'
import { SAMPLED_COLUMNS, sampleProducts, samplesAtOnce, type CountedSums } from './sample-products.ts'

/** Doubles that the sums of all folds may take together. */
const MOST_SUMS = 8_000_000

/** Whether the sums of every fold can be held at once. */
export const hasFoldSums = (p: number, folds: number): boolean =>
  p <= SAMPLED_COLUMNS && folds * padColumns(p + 1) ** 2 <= MOST_SUMS

/** What is known of a fold: the axes of the rows outside it, and products of its own rows. */
export interface FoldOfSums {
  axes: AxesOfRows
  /** what divides the columns, of the rows outside; 1 where they are constant there */
  unit: Float64Array
  /** p × p, symmetric: Σ w·yᵢyⱼ of the rows of the fold, centred and divided as the others are; may be overwritten */
  products: Float64Array
}

/** Goes through the folds of a table that is read once: all that is asked of a fold follows from the sums of products of its rows
 * and of those outside. The latter are added up, not subtracted from the whole: a row that outweighs all others leaves no trace
 * where it is left out.
 * @param z n × p, prepared over all rows @param foldOf fold of each row @param weights of the rows, mean 1; null: all 1
 * Cost: one pass of n·p² flops; for each fold an eigendecomposition of order p. */
export function eachFoldOfSums(
  z: Float64Array,
  [n, p]: readonly [number, number],
  foldOf: Int32Array,
  folds: number,
  {
    preparation,
    weights,
    variances
  }: { preparation: Preparation; weights: Float64Array | null; variances: Float64Array },
  nComponents: number,
  watch: Watch,
  take: (fold: FoldOfSums) => void
): void {
  const { memory } = kernels()
  memory.frame(() => {
    const stride = padColumns(p + 1)
    const size = stride * stride
    const own = sumsOfFolds(z, [n, p], foldOf, folds, weights, watch)
    // after[f]: of the folds behind f, in place of a second set of sums.
    const after = zeros((folds + 1) * size, watch)
    for (let fold = folds - 1; fold >= 0; fold--) {
      watch.checkpoint()
      for (let at = 0; at < size; at++)
        after[fold * size + at] = after[(fold + 1) * size + at]! + own[fold * size + at]!
    }
    const before = zeros(size, watch)
    const outside = new Float64Array(size)
    for (let fold = 0; fold < folds; fold++) {
      watch.checkpoint()
      for (let at = 0; at < size; at++) outside[at] = before[at]! + after[(fold + 1) * size + at]!
      const sums = { data: outside, stride }
      const axes = axesOfSums(sums, outside[p * stride + p]!, preparation, variances, nComponents, watch)
      const unit = unitsOfSums(sums, preparation, variances).map((value) => (value > 0 ? value : 1))
      const inside = { data: own.subarray(fold * size, (fold + 1) * size), stride }
      take({ axes, unit, products: productsAbout(inside, meansOf(sums, p, preparation), unit) })
      for (let at = 0; at < size; at++) before[at]! += own[fold * size + at]!
      watch.progress((fold + 1) / folds)
    }
  })
}

/** The sums of every fold, one after the other, in the memory of the kernels. */
function sumsOfFolds(
  z: Float64Array,
  [n, p]: readonly [number, number],
  foldOf: Int32Array,
  folds: number,
  weights: Float64Array | null,
  watch: Watch
): Float64Array {
  const { memory } = kernels()
  const size = padColumns(p + 1) ** 2
  const all = memory.allocate(folds * size)
  memory.frame(() => {
    const rows = placeIn(z, watch)
    const placed = weights && placeIn(weights, watch)
    const batch = Math.min(folds, samplesAtOnce(n, p))
    for (let first = 0; first < folds; first += batch) {
      memory.frame(() => {
        const count = Math.min(batch, folds - first)
        const counts = memory.allocateIntegers(count * n)
        counts.fill(0)
        for (let row = 0; row < n; row++) {
          const fold = foldOf[row]! - first
          if (fold >= 0 && fold < count) counts[fold * n + row] = 1
        }
        const sums = sampleProducts(rows, [n, p], counts, placed, watch)
        sums.forEach(({ data }, fold) => all.set(data, (first + fold) * size))
      })
    }
  })
  return all
}

function meansOf({ data, stride }: CountedSums, p: number, { centre }: Preparation): Float64Array {
  const counted = data[p * stride + p]!
  return Float64Array.from({ length: p }, (_, j) => (centre ? data[j * stride + p]! / counted : 0))
}

/** Σ w·yᵢyⱼ for y = (z − mean)/unit. */
function productsAbout({ data, stride }: CountedSums, mean: Float64Array, unit: Float64Array): Float64Array {
  const p = mean.length
  const products = new Float64Array(p * p)
  const counted = data[p * stride + p]!
  for (let i = 0; i < p; i++) {
    const ofI = data[i * stride + p]!
    for (let j = i; j < p; j++) {
      const shifted = mean[i]! * data[j * stride + p]! + mean[j]! * ofI - counted * mean[i]! * mean[j]!
      products[i * p + j] = products[j * p + i] = (data[i * stride + j]! - shifted) / (unit[i]! * unit[j]!)
    }
  }
  return products
}

/** Adds the squared errors of a fold to those of each number of components: what q of them leave of its rows has the products
 * R = (I − VVᵀ)·M·(I − VVᵀ), one component after the other, and only its diagonal counts.
 * @param products M, p × p; overwritten @param weights of the columns, q × p, as errorWeights has them */
export function addErrorsOfProducts(
  products: Float64Array,
  components: Float64Array,
  weights: Float64Array,
  p: number,
  press: Float64Array
): void {
  const most = weights.length / p - 1
  const image = new Float64Array(p)
  for (let q = 0; q <= most; q++) {
    if (q > 0) takeOff(products, components.subarray((q - 1) * p, q * p), image)
    for (let j = 0; j < p; j++) press[q]! += Math.max(0, products[j * p + j]!) * weights[q * p + j]!
  }
}

/** R ← (I − vvᵀ)·R·(I − vvᵀ). */
function takeOff(r: Float64Array, v: Float64Array, image: Float64Array): void {
  const p = v.length
  let twice = 0
  for (let i = 0; i < p; i++) {
    let sum = 0
    for (let j = 0; j < p; j++) sum += r[i * p + j]! * v[j]!
    image[i] = sum
    twice += sum * v[i]!
  }
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) r[i * p + j]! += twice * v[i]! * v[j]! - v[i]! * image[j]! - image[i]! * v[j]!
  }
}
