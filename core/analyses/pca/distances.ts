import { inPieces } from '../../linalg/passes.ts'
import type { Watch } from '../../linalg/watch.ts'
import type { Fit } from './fit-result.ts'
import type { FittedRows } from './fitted-rows.ts'

/** Σ z² of rows: their squared distance from the origin, in the unit of the scores.
 * @param which 0-based rows of the dataset
 * @returns one number for each */
export function squaredDistances(
  { columns, fill }: Pick<FittedRows, 'columns' | 'fill'>,
  which: Int32Array,
  { origin, originRest, scale }: Fit,
  watch: Watch
): Float64Array {
  const distances = new Float64Array(which.length)
  columns.forEach((column, j) => {
    const [middle, rest, factor, missing] = [origin[j]!, originRest[j]!, 1 / scale[j]!, fill?.[j] ?? NaN]
    inPieces(which.length, 1, watch, (from, to) => {
      for (let i = from; i < to; i++) {
        const cell = column[which[i]!]!
        const z = ((Number.isNaN(cell) ? missing : cell) - middle - rest) * factor
        distances[i]! += z * z
      }
    })
  })
  return distances
}

/** What the kept components leave of the distances; exactly 0 where they span the space of the rows.
 * @param rank most components that the rows can have */
export function residualSquares(
  distances: Float64Array,
  { scores, scoresByColumns: byColumns }: Pick<Fit, 'scores' | 'scoresByColumns'>,
  nComponents: number,
  rank: number,
  watch: Watch
): Float64Array {
  const n = distances.length
  const left = new Float64Array(n)
  if (nComponents >= rank) return left
  const [row, component] = byColumns ? [1, n] : [nComponents, 1]
  inPieces(n, nComponents, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      let sum = 0
      for (let k = 0, at = i * row; k < nComponents; k++, at += component) sum += scores[at]! * scores[at]!
      left[i] = Math.max(0, distances[i]! - sum)
    }
  })
  return left
}

/** Scores of rows that were not fitted: Σ_j (x − origin)/scale · component. @returns which.length × nComponents */
export function projectOnto(
  { columns, fill }: Pick<FittedRows, 'columns' | 'fill'>,
  which: Int32Array,
  { origin, originRest, scale, components }: Fit,
  nComponents: number,
  watch: Watch
): Float64Array {
  const nFeatures = columns.length
  const scores = new Float64Array(which.length * nComponents)
  inPieces(which.length, nFeatures * nComponents, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = 0; j < nFeatures; j++) {
        const cell = columns[j]![which[i]!]!
        const z = ((Number.isNaN(cell) ? (fill?.[j] ?? NaN) : cell) - origin[j]! - originRest[j]!) / scale[j]!
        for (let k = 0; k < nComponents; k++) scores[i * nComponents + k]! += z * components[k * nFeatures + j]!
      }
    }
  })
  return scores
}
