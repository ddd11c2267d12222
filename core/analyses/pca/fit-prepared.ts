import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import { kernels } from '../../linalg/kernels/kernels.ts'
import { inPieces } from '../../linalg/passes.ts'
import { exponentOrZero, scaleArray, timesPowerOfTwo } from '../../linalg/power-of-two.ts'
import type { Watch } from '../../linalg/watch.ts'
import { medianOf } from '../../preparation/spread.ts'
import { listNames } from '../../stats/list-names.ts'
import type { SolverChoice } from '../../stats/pca-solver.ts'
import { preparedComponents } from '../../stats/prepared-components.ts'
import type { BeginPhase } from '../../stats/principal-axes.ts'
import { scaleOf } from './column-scales.ts'
import type { Fit } from './fit-result.ts'
import { cellsOf, type FittedRows } from './fitted-rows.ts'
import type { PcaParams } from './spec.ts'

/** Squares of numbers of such a size are held; beyond it the table is multiplied by a power of two first. */
const PLAIN_SIZE = 200

/** The components of rows that count differently, or about another point than the mean: on a centred and scaled copy.
 * Medians, ranges and absolute deviations do not know weights.
 * @throws ZERO_VARIANCE | OUT_OF_RANGE | OUT_OF_MEMORY | INVALID_PARAMETER (a weight that is missing or negative) */
export function fitPrepared(
  rows: FittedRows,
  table: TableView,
  params: PcaParams,
  nComponents: number,
  choice: SolverChoice,
  begin: BeginPhase,
  watch: Watch
): Fit {
  const { columns: names, centre, scale, seed } = params
  const [n, p] = [rows.rowsUsed.length, names.length]
  const { memory } = kernels()
  memory.require(8 * n * p)
  begin('centring')
  const weights = params.weight === null ? null : weightsOf(table, params.weight, rows.rowsUsed)
  const z = memory.allocate(n * p)
  const prepared = names.map((name, j) => {
    watch.checkpoint()
    const values = cellsOf(rows.columns[j]!, rows.rowsUsed, rows.fill?.[j] ?? NaN)
    const { mean, sd, constant } = weightedMoments(values, weights)
    const origin = centre === 'mean' ? mean : centre === 'median' ? medianOf(values, watch) : 0
    const { divisor, replaced } = scaleOf(scale, { values, sd }, watch)
    for (let i = 0; i < n; i++) z[i * p + j] = (values[i]! - origin) / divisor
    return { name, origin, sd, constant, divisor, replaced }
  })
  let largest = 0
  inPieces(z.length, 1, watch, (from, to) => {
    for (let at = from; at < to; at++) largest = Math.max(largest, Math.abs(z[at]!))
  })
  if (largest === 0) throw new EigendeskError('ZERO_VARIANCE', { field: listNames(names) })
  const size = exponentOrZero(largest)
  const exponent = Math.abs(size) > PLAIN_SIZE ? size : 0
  if (exponent !== 0) scaleArray(z, -exponent)
  const { axes, scores, totalVariance, certificate } = preparedComponents(
    z,
    n,
    p,
    nComponents,
    weights,
    choice,
    seed,
    begin
  )
  const { eigenvalues, components } = axes
  scaleArray(scores, exponent)
  const loadings = new Float64Array(p * nComponents)
  for (let k = 0; k < nComponents; k++) {
    const deviation = timesPowerOfTwo(Math.sqrt(eigenvalues[k]!), exponent)
    for (let j = 0; j < p; j++) loadings[j * nComponents + k] = components[k * p + j]! * deviation
  }
  const fit: Fit = {
    choice,
    mean: Float64Array.from(prepared, ({ origin }) => origin),
    origin: Float64Array.from(prepared, ({ origin }) => origin),
    originRest: new Float64Array(p),
    scale: Float64Array.from(prepared, ({ divisor }) => divisor),
    replaced: prepared.filter(({ replaced }) => replaced).map(({ name }) => name),
    constant: prepared.map(({ constant }) => constant),
    sd: Float64Array.from(prepared, ({ sd }) => sd),
    weights,
    components,
    loadings,
    scores,
    scoresByColumns: false,
    squaredDistances: null,
    spectrum: eigenvalues.map((value) => timesPowerOfTwo(value, 2 * exponent)),
    spectrumShare: eigenvalues.map((value) => Math.min(value / totalVariance, 1)),
    singularValues: eigenvalues.map((value) => timesPowerOfTwo(Math.sqrt(value * (n - 1)), exponent)),
    totalVariance: timesPowerOfTwo(totalVariance, 2 * exponent),
    certificate
  }
  if (![fit.totalVariance, ...fit.spectrum].every(Number.isFinite)) {
    throw new EigendeskError('OUT_OF_RANGE', { field: listNames(names) })
  }
  return fit
}

/** Weights of the rows of the fit, of mean 1. */
function weightsOf(table: TableView, name: string, rowsUsed: Int32Array): Float64Array {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (!column) {
    throw new EigendeskError('COLUMN_UNKNOWN', { value: name, limit: table.columns.map((c) => c.name).join(', ') })
  }
  if (column.kind !== 'number') {
    throw new EigendeskError('COLUMN_NOT_NUMERIC', {
      field: name,
      value: column.kind === 'codes' ? 'a category' : 'text'
    })
  }
  const weights = Float64Array.from(rowsUsed, (row) => column.values[row]!)
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity))
  if (wrong >= 0) {
    const row = rowsUsed[wrong]!
    const what = Number.isNaN(weights[wrong]) ? 'has no weight' : `has the weight ${weights[wrong]}`
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Row weights',
      reason: `row ${row + 1} (line ${table.lines[row] ?? row + 1}) ${what} in ${name}`,
      limit: 'numbers from 0 up, in every row'
    })
  }
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0)
  if (largest === 0) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Row weights',
      reason: `every row has the weight 0 in ${name}`,
      limit: 'a weight above 0 in at least two rows'
    })
  }
  let sum = 0
  for (const weight of weights) sum += weight / largest
  return weights.map((weight) => weight / largest / (sum / weights.length))
}

/** Mean and standard deviation, divisor n − 1, with weights of mean 1. Two passes: the second corrects what the first one
 * rounded. */
function weightedMoments(
  values: Float64Array,
  weights: Float64Array | null
): { mean: number; sd: number; constant: boolean } {
  const n = values.length
  const first = values[0]!
  let constant = true
  let mean = 0
  for (let i = 0; i < n; i++) {
    const weight = weights?.[i] ?? 1
    mean += (weight * values[i]!) / n
    if (weight > 0 && values[i] !== first) constant = false
  }
  let correction = 0
  for (let i = 0; i < n; i++) correction += ((weights?.[i] ?? 1) * (values[i]! - mean)) / n
  mean += correction
  if (constant) return { mean: first, sd: 0, constant }
  let squares = 0
  for (let i = 0; i < n; i++) squares += ((weights?.[i] ?? 1) * (values[i]! - mean) ** 2) / (n - 1)
  return { mean, sd: Math.sqrt(squares), constant }
}
