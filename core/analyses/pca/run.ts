import type { AnalysisResult, ResultArray, RunContext } from '../../contract/analysis.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import { kernels } from '../../linalg/kernels/kernels.ts'
import { ARRAY_LIMIT } from '../../linalg/kernels/memory.ts'
import { unwatched, type Watch } from '../../linalg/watch.ts'
import { counted } from '../../stats/counted.ts'
import { chooseSolver, directSolver, type PcaSolver, type SolverChoice } from '../../stats/pca-solver.ts'
import type { BeginPhase, Phase } from '../../stats/principal-axes.ts'
import type { PcaOptions } from '../../stats/fit-axes.ts'
import { listNames } from '../../stats/list-names.ts'
import { columnDeviations } from './column-deviations.ts'
import { projectOnto, residualSquares, squaredDistances } from './distances.ts'
import type { Fit } from './fit-result.ts'
import { fitRows } from './fit.ts'
import { fittedRows, type FilledCells, type FittedRows } from './fitted-rows.ts'
import type { PcaParams, PcaSummary } from './spec.ts'

/** Principal components of the chosen columns.
 * @param table not modified
 * @returns the arrays of PcaSummary: components, loadings, scores, spectrum, rowsUsed
 * @throws TOO_FEW_COLUMNS | TOO_FEW_ROWS | TOO_MANY_COMPONENTS | ZERO_VARIANCE | OUT_OF_RANGE, and what toMatrix throws
 * Source: Jolliffe, Principal Component Analysis, 2nd ed., chapters 2, 3 and 6. */
export function runPca(table: TableView, params: PcaParams, context: RunContext): AnalysisResult<PcaSummary> {
  if (params.columns.length === 0) throw new EigendeskError('TOO_FEW_COLUMNS')
  refuseSupplementary(params)
  const watch = { ...unwatched, checkpoint: context.checkpoint }
  const rows = fittedRows(table, params, watch)
  const nSamples = rows.rowsUsed.length
  if (nSamples < 2) throw new EigendeskError('TOO_FEW_ROWS', { value: nSamples, wanted: 2 })
  const nFeatures = params.columns.length
  const nComponents = componentsToKeep(params.nComponents, nSamples, table.nRows, nFeatures)
  const choice = chooseWay(params, nSamples, nFeatures, nComponents)
  const { solver } = choice
  const direct = solver === 'eigh-covariance' || solver === 'eigh-gram' ? solver : directSolver(nSamples, nFeatures)
  const expected = (way: PcaSolver) => expectedWork(nSamples, nFeatures, nComponents, way)
  const { begin, finish } = watchPhases(context, expected, solver, direct)
  const { memory } = kernels()
  // In a frame that ends with the run: what is lent stands until the next one begins.
  const fit = memory.frame(() => {
    const lent = context.lend ? lend(nSamples, nComponents) : undefined
    return memory.frame(() => fitRows(rows, table, params, nComponents, choice, begin, watch, lent))
  })
  const distances = fit.squaredDistances ?? squaredDistances(rows, rows.rowsUsed, fit, watch)
  const rank = Math.min(params.centre === 'mean' ? nSamples - 1 : nSamples, nFeatures)
  const left = residualSquares(distances, fit, nComponents, rank, watch)
  const deviations = columnDeviations(rows, params, fit, watch)
  const timings = finish()

  const summary: PcaSummary = {
    nSamples,
    nFeatures,
    nComponents,
    columns: [...params.columns],
    mean: Array.from(fit.mean),
    centre: params.centre,
    scale: Array.from(fit.scale),
    explainedVariance: Array.from(fit.spectrum.subarray(0, nComponents)),
    explainedVarianceRatio: Array.from(fit.spectrumShare.subarray(0, nComponents)),
    singularValues: Array.from(fit.singularValues.subarray(0, nComponents)),
    totalVariance: fit.totalVariance,
    signRule: 'largest-positive',
    divisor: params.divisor,
    solver: fit.choice.solver,
    solverReason: fit.choice.reason,
    dropped: rows.dropped,
    imputed: rows.imputed,
    imputeComponents: rows.imputeComponents,
    supplementary: { rows: rows.supplementary.length, dropped: rows.supplementaryDropped },
    certificate: { ...fit.certificate, eigengap: smallestGap(fit.spectrumShare, nComponents) },
    notes: [
      ...describeRows(rows, params),
      ...(nComponents < params.nComponents
        ? [`${params.nComponents} components were asked for; ${nSamples} complete rows have ${nComponents}.`]
        : []),
      ...describeColumns(params, fit),
      ...describeAxes(fit.spectrumShare, nComponents, Math.max(nSamples, nFeatures)),
      ...describeError(fit.certificate.residual, nFeatures)
    ],
    timings
  }
  return {
    summary,
    arrays: {
      components: { dtype: 'float64', shape: [nComponents, nFeatures], data: fit.components },
      loadings: { dtype: 'float64', shape: [nFeatures, nComponents], data: fit.loadings },
      deviations: { dtype: 'float64', shape: [nFeatures], data: deviations },
      scores: {
        dtype: 'float64',
        shape: [nSamples, nComponents],
        data: fit.scores,
        ...(fit.scoresByColumns && { byColumns: true })
      },
      spectrum: { dtype: 'float64', shape: [fit.spectrum.length], data: fit.spectrum },
      rowsUsed: { dtype: 'int32', shape: [nSamples], data: rows.rowsUsed },
      squaredDistances: { dtype: 'float64', shape: [nSamples], data: distances },
      residualSquares: { dtype: 'float64', shape: [nSamples], data: left },
      ...furtherArrays(rows, fit, nComponents, watch)
    },
    lists: {}
  }
}

/** Fewer scores than these are copied in no time. */
const LENT_LEAST = 1_000_000

/** Memory of the kernels for scores that are not worth a copy, where there is plenty of it. */
function lend(nSamples: number, nComponents: number): PcaOptions['lent'] {
  const { memory } = kernels()
  const length = nSamples * nComponents
  if (length < LENT_LEAST || nComponents < 2 || 8 * length > Math.min(ARRAY_LIMIT, memory.free / 4)) return undefined
  return { scores: memory.allocate(length), squaredDistances: memory.allocate(nSamples) }
}

/** Arrays that only some runs have: weights, supplementary rows, cells that were filled in. */
function furtherArrays(rows: FittedRows, fit: Fit, nComponents: number, watch: Watch): Record<string, ResultArray> {
  const arrays: Record<string, ResultArray> = {}
  const add = (name: string, data: Float64Array | Int32Array, shape = [data.length]): void => {
    arrays[name] = data instanceof Int32Array ? { dtype: 'int32', shape, data } : { dtype: 'float64', shape, data }
  }
  if (fit.weights) add('weights', fit.weights)
  const extra = rows.supplementary
  if (extra.length > 0) {
    add('supplementaryRowsUsed', extra)
    add('supplementaryScores', projectOnto(rows, extra, fit, nComponents, watch), [extra.length, nComponents])
    add('supplementarySquaredDistances', squaredDistances(rows, extra, fit, watch))
  }
  const addFilled = (prefix: string, filled: FilledCells): void => {
    if (filled.rows.length === 0) return
    add(`${prefix}Row`, filled.rows)
    add(`${prefix}Column`, filled.columns)
    add(`${prefix}Value`, filled.values)
  }
  addFilled('imputed', rows.filled)
  addFilled('supplementaryImputed', rows.supplementaryFilled)
  return arrays
}

/** @throws INVALID_PARAMETER where a column is fitted and supplementary at once */
function refuseSupplementary({ columns, supplementaryColumns, weight }: PcaParams): void {
  const twice = supplementaryColumns.find((name) => columns.includes(name))
  if (twice !== undefined) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Supplementary columns',
      reason: `${twice} is one of the columns that are fitted`,
      limit: 'columns that are not fitted'
    })
  }
  if (weight !== null && columns.includes(weight)) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Row weights',
      reason: `${weight} is one of the columns that are fitted`,
      limit: 'a column that is not fitted'
    })
  }
}

/** The solver. Rows that count differently, and other centres than the mean, are fitted on a copy of the table, for which
 * one of the two matrices of products is formed unless another solver was asked for. */
function chooseWay(params: PcaParams, nSamples: number, nFeatures: number, nComponents: number): SolverChoice {
  const choice = chooseSolver(nSamples, nFeatures, nComponents, params.solver)
  const plain = params.centre === 'mean' && params.weight === null
  if (plain || params.solver !== 'auto') return choice
  const solver = directSolver(nSamples, nFeatures)
  const order = solver === 'eigh-covariance' ? nFeatures : nSamples
  const why = params.weight === null ? 'Columns are not centred at their means' : 'Rows have weights'
  return { solver, reason: `${why}: the ${order} × ${order} matrix of products is formed and decomposed.` }
}

/** How many components to keep. What the table allows and the rows left after dropping do not is lowered, and the notes
 * say so: nobody could know when asking.
 * @throws TOO_MANY_COMPONENTS where more are asked for than the table allows, whichever way it is fitted */
function componentsToKeep(asked: number, nSamples: number, nRows: number, nFeatures: number): number {
  if (asked <= Math.min(nRows, nFeatures)) return Math.min(asked, nSamples, nFeatures)
  throw new EigendeskError('TOO_MANY_COMPONENTS', { value: asked, limit: Math.min(nSamples, nFeatures) })
}

/** Multiplications of each phase, so that the fraction done moves evenly; the constants are those of the routines. */
function expectedWork(n: number, p: number, k: number, solver: PcaSolver): Record<Phase, number> {
  const few = 24 * n * p * (k + 6)
  const work: Record<PcaSolver, [number, number]> = {
    'eigh-covariance': [n * p * p, 4 * p ** 3],
    'eigh-gram': [n * n * p, 4 * n ** 3 + 8 * n * p * k],
    krylov: [0, few],
    randomized: [0, few]
  }
  return { centring: 10 * n * p, covariance: work[solver][0], eigenvectors: work[solver][1], scores: 2 * n * p * k }
}

/** Turns the fraction of each phase into a fraction of the whole, which never goes back, and keeps the time each took, in
 * milliseconds. A phase that was not expected (a solver that gives way to another) shares what is left with those after it.
 * @param expected multiplications of each phase for a solver */
function watchPhases(
  context: RunContext,
  expected: (solver: PcaSolver) => Record<Phase, number>,
  solver: PcaSolver,
  direct: PcaSolver
): { begin: BeginPhase; finish: () => Record<string, number> } {
  const words: Record<Phase, string> = {
    centring: 'Centring',
    covariance: direct === 'eigh-gram' ? 'Inner products of rows' : 'Covariance',
    eigenvectors: 'Eigenvectors',
    scores: 'Scores'
  }
  let work = expected(solver)
  let total = Object.values(work).reduce((sum, part) => sum + part, 0)
  const timings: Record<string, number> = {}
  const started = performance.now()
  let current: { phase: Phase; since: number } | null = null
  let before = 0
  let furthest = 0
  const close = (): void => {
    if (current === null) return
    timings[current.phase] = (timings[current.phase] ?? 0) + performance.now() - current.since
    before += work[current.phase] / total
  }
  const begin: BeginPhase = (phase) => {
    close()
    if (phase === 'covariance' && work.covariance === 0) {
      work = expected(direct)
      total = (work.covariance + work.eigenvectors + work.scores) / Math.max(0.01, 1 - before)
    }
    current = { phase, since: performance.now() }
    context.checkpoint()
    const progress = (fraction: number): void => {
      furthest = Math.max(furthest, Math.min(1, before + (fraction * work[phase]) / total))
      context.progress(words[phase], furthest)
    }
    progress(0)
    return { checkpoint: context.checkpoint, progress }
  }
  const finish = (): Record<string, number> => {
    close()
    context.checkpoint()
    return { ...timings, total: performance.now() - started }
  }
  return { begin, finish }
}

/** Smallest gap between neighbours among the kept eigenvalues and the first discarded, relative to the largest. */
function smallestGap(share: Float64Array, nComponents: number): number | null {
  const last = Math.min(nComponents, share.length - 1)
  if (last < 1) return null
  let smallest = Infinity
  for (let k = 0; k < last; k++) smallest = Math.min(smallest, (share[k]! - share[k + 1]!) / share[0]!)
  return smallest
}

function describeRows(rows: FittedRows, { missing, weight }: PcaParams): string[] {
  const notes: string[] = []
  const nDropped = rows.dropped.length
  if (nDropped > 0) {
    notes.push(`${counted(nDropped, 'row')} with a missing value ${nDropped === 1 ? 'was' : 'were'} left out.`)
  }
  const components = rows.imputeComponents
  const how =
    missing === 'iterative' && components !== null && components > 0
      ? `by iterative PCA with ${counted(components, 'component')}`
      : 'with the column mean'
  for (const [column, cells] of Object.entries(rows.imputed)) {
    if (cells > 0) {
      notes.push(`${counted(cells, 'missing cell')} of ${column} ${cells === 1 ? 'was' : 'were'} filled ${how}.`)
    }
  }
  const ofSupplementary = rows.supplementaryFilled.rows.length
  if (ofSupplementary > 0) {
    const cells = counted(ofSupplementary, 'missing cell')
    const are = ofSupplementary === 1 ? 'was' : 'were'
    const by = how === 'with the column mean' ? 'with the mean of the fitted rows' : how
    notes.push(`${cells} of supplementary rows ${are} filled ${by}.`)
  }
  if (components === 0) notes.push('Generalized cross-validation found no component that fills better than the means.')
  const extra = rows.supplementary.length
  if (extra > 0)
    notes.push(`${counted(extra, 'supplementary row')} ${extra === 1 ? 'is' : 'are'} projected and not fitted.`)
  const lost = rows.supplementaryDropped.length
  if (lost > 0) {
    notes.push(`${counted(lost, 'supplementary row')} with a missing value ${lost === 1 ? 'was' : 'were'} left out.`)
  }
  if (weight !== null) notes.push(`Rows count by their weight in ${weight}.`)
  return notes
}

/** A spread of this many units in the last place of the mean is no more than the rounding of the numbers read. */
const SPREAD_OF_ROUNDING = 4 * Number.EPSILON

function describeColumns({ columns, scale, centre }: PcaParams, { constant, mean, sd, replaced }: Fit): string[] {
  const notes: string[] = []
  // Without centring a constant column is not empty: it points away from the origin.
  const constants = columns.filter((_, j) => constant[j] && centre !== 'none')
  if (constants.length === 1) notes.push(`${constants[0]} is constant: it adds nothing to any component.`)
  if (constants.length > 1) notes.push(`${listNames(constants)} are constant: they add nothing to any component.`)
  if (replaced.length > 0) {
    const what = scale === 'range' ? 'range' : 'median absolute deviation'
    const instead = replaced.length === 1 ? 'it is divided by its' : 'they are divided by their'
    notes.push(`The ${what} of ${listNames(replaced)} is no usable scale: ${instead} standard deviation.`)
  }
  columns.forEach((column, j) => {
    if (scale === 'none' || constant[j] || sd[j]! > SPREAD_OF_ROUNDING * Math.abs(mean[j]!)) return
    notes.push(
      `${column} varies by no more than rounding, yet with unit variance it counts as much as any other column.`
    )
  })
  return notes
}

/** What an approximate solver left open: a variance is within this share of the largest of a true one. */
function describeError(residual: number, nFeatures: number): string[] {
  if (residual < 10) return []
  const share = (residual * nFeatures * Number.EPSILON).toPrecision(2)
  return [`The components are approximate: variances are known to ${share} of the largest. Another solver is exact.`]
}

/** Which of the kept axes the data do not determine: those without variance, and those that share theirs. */
function describeAxes(share: Float64Array, nComponents: number, order: number): string[] {
  const rounding = 10 * order * Number.EPSILON * share[0]!
  const notes: string[] = []
  const kept = share.subarray(0, nComponents)
  const empty = kept.findIndex((value) => value <= rounding)
  const nDetermined = empty === -1 ? nComponents : empty
  for (let first = 0; first < nDetermined; first++) {
    let last = first
    while (last + 1 < share.length && share[last]! - share[last + 1]! <= rounding && share[last + 1]! > rounding) last++
    if (last === first) continue
    const space = last === first + 1 ? 'the plane' : 'the space'
    notes.push(
      `PC${first + 1} to PC${last + 1} have equal variance: only ${space} they span is determined, not its axes.`
    )
    first = last
  }
  if (empty !== -1) {
    const rest = empty + 1 === nComponents ? `PC${empty + 1} has` : `PC${empty + 1} to PC${nComponents} have`
    notes.push(`${rest} no variance beyond rounding: any orthogonal direction would do.`)
  }
  return notes
}
