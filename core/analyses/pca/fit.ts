import type { TableView } from '../../contract/table.ts'
import { columnRows } from '../../linalg/row-source.ts'
import { timesPowerOfTwo } from '../../linalg/power-of-two.ts'
import type { Watch } from '../../linalg/watch.ts'
import type { PcaOptions } from '../../stats/fit-axes.ts'
import type { SolverChoice } from '../../stats/pca-solver.ts'
import type { BeginPhase } from '../../stats/principal-axes.ts'
import { fitPrincipalComponents } from '../../stats/principal-components.ts'
import { scaleOf } from './column-scales.ts'
import { fitPrepared } from './fit-prepared.ts'
import type { Fit } from './fit-result.ts'
import { cellsOf, type FittedRows } from './fitted-rows.ts'
import type { PcaParams } from './spec.ts'

/** Fits the rows by the fastest way that their parameters allow: in pieces, with the centring folded in, where columns are
 * centred at their means and rows count alike; else on a prepared copy of the table. To be called in a frame of the memory
 * of the kernels. Throws as fitPrincipalComponents. */
export function fitRows(
  rows: FittedRows,
  table: TableView,
  params: PcaParams,
  nComponents: number,
  choice: SolverChoice,
  begin: BeginPhase,
  watch: Watch,
  lent?: PcaOptions['lent']
): Fit {
  const plain = params.centre === 'mean' && params.weight === null
  const fit = plain
    ? fitInPieces(rows, table, params, nComponents, choice, begin, watch, lent)
    : fitPrepared(rows, table, params, nComponents, choice, begin, watch)
  return params.divisor === 'n' ? withDivisorN(fit, params, rows.rowsUsed.length) : fit
}

function fitInPieces(
  { columns, rowsUsed, fill }: FittedRows,
  table: TableView,
  { columns: names, scale, seed }: PcaParams,
  nComponents: number,
  choice: SolverChoice,
  begin: BeginPhase,
  watch: Watch,
  lent?: PcaOptions['lent']
): Fit {
  const source = columnRows(columns, rowsUsed.length < table.nRows ? rowsUsed : null, fill, watch)
  const replaced: string[] = []
  const divisorsOf = ({ sd }: { sd: Float64Array }): Float64Array =>
    Float64Array.from(names, (name, j) => {
      const values = cellsOf(columns[j]!, rowsUsed, fill?.[j] ?? NaN)
      const chosen = scaleOf(scale, { values, sd: sd[j]! }, watch)
      if (chosen.replaced) replaced.push(name)
      return chosen.divisor
    })
  const own = scale !== 'none' && scale !== 'unit'
  const options = { unitVariance: scale === 'unit', ...(own && { divisorsOf }), ...(lent && { lent }), choice, seed }
  const { moments, ...fit } = fitPrincipalComponents(source, names, nComponents, options, begin)
  const inUnitOfData = (values: Float64Array): Float64Array =>
    values.map((value, j) => timesPowerOfTwo(value, moments.exponent[j]!))
  return {
    ...fit,
    mean: moments.mean,
    origin: inUnitOfData(moments.centre),
    originRest: inUnitOfData(moments.correction),
    replaced,
    constant: moments.constant,
    sd: moments.sd,
    weights: null
  }
}

/** The same with sums of squares divided by n. A standard deviation is smaller by s = √((n−1)/n) then, and so is a column's
 * scale where it is one, by c: scores grow by 1/c, variances change by s²/c². */
function withDivisorN(fit: Fit, { scale, centre }: Pick<PcaParams, 'scale' | 'centre'>, n: number): Fit {
  const s = Math.sqrt((n - 1) / n)
  const c = scale === 'unit' ? s : scale === 'pareto' ? Math.sqrt(s) : 1
  const ofVariance = scale === 'unit' ? 1 : (n - 1) / n / (c * c)
  const ofDeviation = scale === 'unit' ? 1 : s / c
  const times = (values: Float64Array, factor: number): Float64Array =>
    factor === 1 ? values : values.map((value) => value * factor)
  return {
    ...fit,
    // A constant column was divided by 1, whatever the divisor. Without centring it is not empty, and goes along with the rest.
    scale: fit.scale.map((value, j) => (fit.constant[j] && centre !== 'none' ? value : value * c)),
    sd: times(fit.sd, s),
    scores: times(fit.scores, 1 / c),
    squaredDistances: fit.squaredDistances && times(fit.squaredDistances, 1 / (c * c)),
    loadings: times(fit.loadings, ofDeviation),
    spectrum: times(fit.spectrum, ofVariance),
    singularValues: times(fit.singularValues, 1 / c),
    totalVariance: fit.totalVariance * ofVariance
  }
}
