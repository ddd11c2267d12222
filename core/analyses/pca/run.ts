import type { AnalysisResult, RunContext } from '../../contract/analysis.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import { kernels } from '../../linalg/kernels/kernels.ts'
import { columnRows } from '../../linalg/row-source.ts'
import { unwatched } from '../../linalg/watch.ts'
import { counted } from '../../stats/counted.ts'
import { chooseSolver, directSolver, type PcaSolver } from '../../stats/pca-solver.ts'
import type { BeginPhase, Phase } from '../../stats/principal-axes.ts'
import { listNames } from '../../stats/list-names.ts'
import { fitPrincipalComponents, type PrincipalComponents } from '../../stats/principal-components.ts'
import { toMatrix } from '../../table/matrix.ts'
import type { PcaParams, PcaSummary } from './spec.ts'

/** Principal components of the chosen columns.
 * @param table not modified
 * @returns the arrays of PcaSummary: components, loadings, scores, spectrum, rowsUsed
 * @throws TOO_FEW_COLUMNS | TOO_FEW_ROWS | TOO_MANY_COMPONENTS | ZERO_VARIANCE | OUT_OF_RANGE, and what toMatrix throws
 * Source: Jolliffe, Principal Component Analysis, 2nd ed., chapters 2, 3 and 6. */
export function runPca(table: TableView, params: PcaParams, context: RunContext): AnalysisResult<PcaSummary> {
  if (params.columns.length === 0) throw new EigendeskError('TOO_FEW_COLUMNS')
  const watch = { ...unwatched, checkpoint: context.checkpoint }
  const matrix = toMatrix(table, params.columns, params.missing, watch)
  const { nSamples } = matrix
  if (nSamples < 2) throw new EigendeskError('TOO_FEW_ROWS', { value: nSamples, wanted: 2 })
  const nFeatures = params.columns.length
  const nComponents = componentsToKeep(params.nComponents, nSamples, table.nRows, nFeatures)
  const choice = chooseSolver(nSamples, nFeatures, nComponents, params.solver)
  const { solver } = choice
  const direct = solver === 'eigh-covariance' || solver === 'eigh-gram' ? solver : directSolver(nSamples, nFeatures)
  const expected = (way: PcaSolver) => expectedWork(nSamples, nFeatures, nComponents, way)
  const { begin, finish } = watchPhases(context, expected, solver, direct)
  const fit = kernels().memory.frame(() => {
    const rowsUsed = matrix.dropped.length > 0 ? matrix.rowsUsed : null
    const source = columnRows(matrix.columns, rowsUsed, matrix.fill, watch)
    const options = { unitVariance: params.scale === 'unit', choice, seed: params.seed }
    return fitPrincipalComponents(source, params.columns, nComponents, options, begin)
  })
  const timings = finish()

  const summary: PcaSummary = {
    nSamples,
    nFeatures,
    nComponents,
    columns: [...params.columns],
    mean: Array.from(fit.moments.mean),
    scale: Array.from(fit.scale),
    explainedVariance: Array.from(fit.spectrum.subarray(0, nComponents)),
    explainedVarianceRatio: Array.from(fit.spectrumShare.subarray(0, nComponents)),
    singularValues: Array.from(fit.singularValues.subarray(0, nComponents)),
    totalVariance: fit.totalVariance,
    signRule: 'largest-positive',
    divisor: 'n-1',
    solver: fit.choice.solver,
    solverReason: fit.choice.reason,
    dropped: matrix.dropped,
    imputed: matrix.imputed,
    certificate: { ...fit.certificate, eigengap: smallestGap(fit.spectrumShare, nComponents) },
    notes: [
      ...describeRows(matrix.dropped.length, matrix.imputed),
      ...(nComponents < params.nComponents
        ? [`${params.nComponents} components were asked for; ${nSamples} complete rows have ${nComponents}.`]
        : []),
      ...describeColumns(params.columns, fit, params.scale),
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
      scores: { dtype: 'float64', shape: [nSamples, nComponents], data: fit.scores },
      spectrum: { dtype: 'float64', shape: [fit.spectrum.length], data: fit.spectrum },
      rowsUsed: { dtype: 'int32', shape: [nSamples], data: matrix.rowsUsed }
    },
    lists: {}
  }
}

/** How many components to keep. What the table allows and the rows left after dropping do not is lowered, and the notes
 * say so: nobody could know when asking. More than the table allows stays, and is refused by the fit. */
function componentsToKeep(asked: number, nSamples: number, nRows: number, nFeatures: number): number {
  return asked <= Math.min(nRows, nFeatures) ? Math.min(asked, nSamples, nFeatures) : asked
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

function describeRows(nDropped: number, imputed: Record<string, number>): string[] {
  const notes: string[] = []
  if (nDropped > 0) {
    notes.push(`${counted(nDropped, 'row')} with a missing value ${nDropped === 1 ? 'was' : 'were'} left out.`)
  }
  for (const [column, cells] of Object.entries(imputed)) {
    if (cells > 0) {
      notes.push(
        `${counted(cells, 'missing cell')} of ${column} ${cells === 1 ? 'was' : 'were'} filled with the column mean.`
      )
    }
  }
  return notes
}

/** A spread of this many units in the last place of the mean is no more than the rounding of the numbers read. */
const SPREAD_OF_ROUNDING = 4 * Number.EPSILON

function describeColumns(columns: string[], fit: PrincipalComponents, scale: PcaParams['scale']): string[] {
  const { constant, mean, sd } = fit.moments
  const notes: string[] = []
  const constants = columns.filter((_, j) => constant[j])
  if (constants.length === 1) notes.push(`${constants[0]} is constant: it adds nothing to any component.`)
  if (constants.length > 1) notes.push(`${listNames(constants)} are constant: they add nothing to any component.`)
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
