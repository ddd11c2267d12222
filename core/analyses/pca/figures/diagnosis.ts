import { hotellingLimits, hotellingT2, leverages, sampleVariances } from './hotelling.ts'
import { eigenvaluesLeftOver, qResiduals, residualLimitOf, residualLimits, type ResidualLimits } from './residual.ts'
import { componentsWithVariance } from './row-measures.ts'

/** What a PCA says of itself that its diagnostics need. */
export interface DiagnosedFit {
  nSamples: number
  nComponents: number
  explainedVariance: readonly number[]
  totalVariance: number
  divisor: 'n-1' | 'n'
  centre: 'mean' | 'median' | 'none'
}

/** The part of it that its limits follow from. */
export type LimitedFit = Pick<DiagnosedFit, 'nSamples' | 'totalVariance' | 'divisor'>

/** How unusual each row of a fit is, over the first components. */
export interface RowDiagnosis {
  cut: number
  /** components of the cut that have a variance: those T² is made of */
  used: number
  /** K, divisor n − 1 */
  variances: Float64Array<ArrayBuffer>
  /** n each */
  t2: Float64Array<ArrayBuffer>
  q: Float64Array<ArrayBuffer>
  leverage: Float64Array<ArrayBuffer>
}

/** Adds up T² and Q over groups of components, so that the scores of a large table never lie in memory all at once.
 * @param groups scores (n×width row-major) of consecutive components from the first one on: all that were kept, or those of the cut
 * @param squares n: what all kept components leave of each row (then `groups` are all of them), or its squared distance from
 *   the origin (then those of the cut are enough; where Q is a millionth of the distance, it has six digits less) */
export async function diagnoseRows(
  fit: DiagnosedFit,
  cut: number,
  groups: Iterable<{ width: number; load: () => Promise<ArrayLike<number>> }>,
  squares: { residuals: ArrayLike<number> } | { distances: ArrayLike<number> },
  weights: ArrayLike<number> | null
): Promise<RowDiagnosis> {
  const variances = sampleVariances(fit.explainedVariance, fit.divisor, fit.nSamples)
  const used = Math.min(cut, componentsWithVariance(variances))
  let q = new Float64Array('residuals' in squares ? squares.residuals : squares.distances)
  const t2 = new Float64Array(q.length)
  let from = 0
  for (const { width, load } of groups) {
    const block = { scores: await load(), nComponents: width }
    const inside = (count: number): number => Math.max(0, Math.min(width, count - from))
    const added = hotellingT2(block, variances.subarray(from, from + width), inside(used))
    for (let i = 0; i < t2.length; i++) t2[i]! += added[i]!
    if ('residuals' in squares) q = qResiduals(block, q, inside(cut))
    else takeAway(q, block.scores, width, inside(cut))
    from += width
  }
  return { cut, used, variances, t2, q, leverage: leverages(t2, { weights, centredAtMean: fit.centre === 'mean' }) }
}

/** T² and Q of rows that were projected and not fitted.
 * @param scores m×K row-major, of all kept components @param distances m: squared distances from the origin */
export function diagnoseProjected(
  fit: DiagnosedFit,
  cut: number,
  scores: ArrayLike<number>,
  distances: ArrayLike<number>
): Pick<RowDiagnosis, 't2' | 'q'> {
  const variances = sampleVariances(fit.explainedVariance, fit.divisor, fit.nSamples)
  const q = Float64Array.from(distances)
  takeAway(q, scores, fit.nComponents, cut)
  return { t2: hotellingT2({ scores, nComponents: fit.nComponents }, variances, cut), q }
}

/** The same of rows whose scores come column by column, so that those of many rows never lie in memory all at once.
 * @param load the scores on a component, m; NaN in a row that has none
 * @param count components there are scores of @param left m: what all of them leave of each row
 * @returns NaN in rows without scores; all NaN where the cut is beyond the count. distances: squared, from the origin */
export async function diagnoseByComponent(
  fit: DiagnosedFit,
  cut: number,
  load: (component: number) => Promise<ArrayLike<number>>,
  count: number,
  left: ArrayLike<number>
): Promise<Pick<RowDiagnosis, 't2' | 'q'> & { distances: Float64Array<ArrayBuffer> }> {
  const variances = sampleVariances(fit.explainedVariance, fit.divisor, fit.nSamples)
  const used = Math.min(cut, componentsWithVariance(variances))
  const t2 = Float64Array.from(left, (value) => (Number.isNaN(value) || cut > count ? NaN : 0))
  const q = Float64Array.from(left, (value) => (cut > count ? NaN : value))
  const distances = Float64Array.from(left)
  for (let component = 0; component < count; component++) {
    const scores = await load(component)
    const perSquare = component < used ? 1 / variances[component]! : 0
    for (let i = 0; i < distances.length; i++) {
      const square = scores[i]! ** 2
      distances[i]! += square
      if (perSquare > 0) t2[i]! += square * perSquare
      if (component >= cut) q[i]! += square
    }
  }
  return { t2, q, distances }
}

/** Takes the squares of the first scores of each row away from what is left of its distance. */
function takeAway(left: Float64Array, scores: ArrayLike<number>, width: number, count: number): void {
  for (let i = 0; i < left.length; i++) {
    let sum = 0
    for (let at = i * width; at < i * width + count; at++) sum += scores[at]! ** 2
    left[i] = Math.max(0, left[i]! - sum)
  }
}

export interface DiagnosticLimits {
  t2: { f: number | null; beta: number | null }
  /** all null where the cut leaves nothing over */
  q: ResidualLimits
  /** where Box's limit is from: the eigenvalues left over, or the residuals themselves where those are not known */
  boxFrom: 'eigenvalues' | 'residuals'
}

/** The limits of T² and Q.
 * @param spectrum the eigenvalues that were computed, with the divisor of the run */
export function limitsOf(
  fit: LimitedFit,
  { cut, used, q }: Pick<RowDiagnosis, 'cut' | 'used' | 'q'>,
  spectrum: ArrayLike<number>,
  level: number
): DiagnosticLimits {
  const t2 = hotellingLimits(fit.nSamples, used, level)
  const leftOver = eigenvaluesLeftOver(
    sampleVariances(spectrum, fit.divisor, fit.nSamples),
    sampleVariances([fit.totalVariance], fit.divisor, fit.nSamples)[0]!,
    cut
  )
  return leftOver === null
    ? { t2, q: { jacksonMudholkar: null, box: residualLimitOf(q, level) }, boxFrom: 'residuals' }
    : { t2, q: residualLimits(leftOver, level), boxFrom: 'eigenvalues' }
}
