import type { Projection } from '../contract/model.ts'
import { gemm } from '../linalg/gemm.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import { shownShare } from './shown-share.ts'

/** Where rows lie on the components of a model, and how far from it. */
export interface Projected {
  /** n × K, row-major; NaN in a row that lacks a value */
  scores: Float64Array
  /** Hotelling's T² = Σ_k t_k²/λ_k over components with variance */
  tSquared: Float64Array
  /** Σ_j (z_j − Σ_k t_k v_kj)²: what the components leave of the row */
  q: Float64Array
  /** n × K, row-major: t_k² / Σ_j z_j², how well each component represents the row; 0 for a row at the origin */
  cos2: Float64Array
  /** rows without scores, for they lack a value */
  nLacking: number
  /** cells that were filled in */
  nFilled: number
}

/** Entries of a block of rows: 8 MiB. */
const BLOCK_ENTRIES = 2 ** 20

/** A component with less than this share of the first one's variance has none: a score on it is rounding alone. */
const NO_VARIANCE = 1e-12

/** Places rows on the components of a model: z = (x − centre)/scale, t = V·z.
 * @param columns those of the model, in its order, nRows each; NaN is missing; not modified
 * Source: Jackson, A User's Guide to Principal Components, §1.4 (scores of new rows), §2.7 (Q), §1.7 (T²); cos² as
 * FactoMineR's ind.sup$cos2. Cost: 4·n·p·K flops. */
export function projectOnto(
  model: Projection,
  columns: readonly Float64Array[],
  nRows: number,
  watch: Watch
): Projected {
  const p = model.columns.length
  const k = model.components.length
  const axes = createMatrix(k, p, Float64Array.from(model.components.flat()))
  const least = NO_VARIANCE * (model.explainedVariance[0] ?? 0)
  const weight = model.explainedVariance.map((variance) => (variance > least ? 1 / variance : 0))
  const result: Projected = {
    scores: new Float64Array(nRows * k),
    tSquared: new Float64Array(nRows),
    q: new Float64Array(nRows),
    cos2: new Float64Array(nRows * k),
    nLacking: 0,
    nFilled: 0
  }
  const step = Math.max(1, Math.floor(BLOCK_ENTRIES / p))
  for (let start = 0; start < nRows; start += step) {
    watch.checkpoint()
    const rows = Math.min(step, nRows - start)
    const z = createMatrix(rows, p)
    const lacking = new Uint8Array(rows)
    columns.forEach((values, j) => {
      const [centre, scale, fill] = [model.centre[j]!, model.scale[j]!, model.fill?.[j]]
      for (let i = 0; i < rows; i++) {
        let value = values[start + i]!
        if (!Number.isFinite(value)) {
          if (fill === undefined) {
            lacking[i] = 1
            continue
          }
          value = fill
          result.nFilled++
        }
        z.data[i * p + j] = (value - centre) / scale
      }
    })
    const t = gemm(z, axes, { transposeB: true }, quiet(watch))
    const modelled = gemm(t, axes, {}, quiet(watch))
    for (let i = 0; i < rows; i++) {
      const row = start + i
      if (lacking[i] === 1) {
        result.scores.fill(NaN, row * k, (row + 1) * k)
        result.cos2.fill(NaN, row * k, (row + 1) * k)
        result.tSquared[row] = NaN
        result.q[row] = NaN
        result.nLacking++
        continue
      }
      for (let c = 0; c < k; c++) {
        const score = t.data[i * k + c]!
        result.scores[row * k + c] = score
        result.tSquared[row]! += score * score * weight[c]!
      }
      let [left, distance] = [0, 0]
      for (let at = i * p; at < (i + 1) * p; at++) {
        left += (z.data[at]! - modelled.data[at]!) ** 2
        distance += z.data[at]! ** 2
      }
      result.q[row] = left
      for (let at = row * k; at < (row + 1) * k; at++) {
        result.cos2[at] = shownShare(result.scores[at]! ** 2, distance)
      }
    }
    watch.progress((start + rows) / nRows)
  }
  return result
}
