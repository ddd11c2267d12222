import type { AnalysisResult, ResultArray, RunContext } from '../../contract/analysis.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import type { Matrix } from '../../linalg/matrix.ts'
import { partOf, type Watch } from '../../linalg/watch.ts'
import { counted } from '../../stats/counted.ts'
import { pickRows } from './figures.ts'
import { certify, countEntries, explainedVariance, frobeniusNorm, rankErrors } from './measure.ts'
import { shownPart } from './shown-part.ts'
import { chooseSolver, decompose } from './solve.ts'
import { readSource } from './sources/read-source.ts'
import type { SvdParams } from './params.ts'
import type { SvdSummary } from './spec.ts'

/** Shares of the whole time that reading takes: telling words apart is half of it. */
const READING = 0.1
const TEXT_READING = 0.45

/** Truncated singular value decomposition of a table, of sparse entries, or of a column of text: A ≈ U·diag(σ)·Vᵀ, nothing
 * centred. The same seed gives the same bits.
 * @param table not modified
 * @returns the arrays and lists of SvdSummary
 * @throws MATRIX_EMPTY | NO_TERMS | TOO_FEW_COLUMNS | TOO_FEW_ROWS | NON_FINITE | OUT_OF_RANGE | CANCELLED, and what reading throws
 * Source: Golub & Van Loan, Matrix Computations, §2.4; Deerwester et al., "Indexing by latent semantic analysis" (1990). */
export function runSvd(table: TableView, params: SvdParams, context: RunContext): AnalysisResult<SvdSummary> {
  const began = performance.now()
  const watching = (phase: string): Watch => ({
    checkpoint: context.checkpoint,
    progress: (fraction) => context.progress(phase, fraction)
  })
  context.progress(params.source === 'text' ? 'Reading words' : 'Reading the table', 0)
  const begins = params.source === 'text' ? TEXT_READING : READING
  const source = readSource(table, params, partOf(watching('Reading'), 0, begins))
  const read = performance.now()
  const watch = partOf(watching('Singular vectors'), begins, 0.85)
  const { rows: nRows, columns: nColumns } = source.matrix.a
  const norm = frobeniusNorm(source, watch)
  if (!Number.isFinite(norm)) throw new EigendeskError('OUT_OF_RANGE')
  if (norm === 0) throw new EigendeskError('MATRIX_EMPTY', { file: table.fileName })
  const nFactors = Math.min(params.nFactors, nRows, nColumns)
  const choice = chooseSolver(source, nFactors, params.solver)
  watch.progress(0)
  const found = decompose(source, nFactors, choice.solver, params.seed, watch)
  const solved = performance.now()

  const measuring = partOf(watching('Measuring'), 0.85, 1)
  measuring.progress(0)
  const { nEntries, columnEntries } = countEntries(source, measuring)
  const singularValues = Array.from(found.spectrum.subarray(0, nFactors))
  const normShare = singularValues.map((sigma) => (sigma / norm) ** 2)
  let sum = 0
  const summary: SvdSummary = {
    source: params.source,
    nRows,
    nColumns,
    nEntries,
    density: nEntries / (nRows * nColumns),
    nFactors,
    singularValues,
    frobeniusNorm: norm,
    normShare,
    cumulativeNormShare: normShare.map((share) => Math.min(1, (sum += share))),
    ...explainedVariance(source, found, norm, measuring),
    ...rankErrors(source, found, norm, measuring),
    signRule: 'largest-positive',
    solver: choice.solver,
    solverReason: choice.reason,
    seed: params.seed,
    certificate: certify(source, found, measuring),
    dropped: source.dropped,
    duplicates: source.duplicates,
    emptyDocuments: source.emptyDocuments,
    text: source.text,
    notes: [...source.notes, ...remark(params, nFactors, found.spectrum, Math.max(nRows, nColumns))],
    timings: {}
  }
  const shown = shownPart(source)
  const ended = performance.now()
  summary.timings = { read: read - began, decompose: solved - read, measure: ended - solved, total: ended - began }
  return {
    summary,
    arrays: {
      leftVectors: arrayOf(found.u),
      rightVectors: arrayOf(found.v),
      spectrum: { dtype: 'float64', shape: [found.spectrum.length], data: found.spectrum },
      columnEntries: integers(columnEntries),
      ...(source.rowsUsed && { rowsUsed: integers(source.rowsUsed) }),
      ...(source.documentCounts && { documentCounts: integers(source.documentCounts) }),
      shownRows: integers(shown.rows),
      shownColumns: integers(shown.columns),
      shown: { dtype: 'float64', shape: [shown.rows.length, shown.columns.length], data: shown.cells },
      shownLeft: vectorsOf(found.u, shown.rows),
      shownRight: vectorsOf(found.v, shown.columns)
    },
    lists: { rows: source.rowNames, columns: source.columnNames }
  }
}

const arrayOf = ({ rows, columns, data }: Matrix): ResultArray => ({ dtype: 'float64', shape: [rows, columns], data })
const vectorsOf = ({ columns, data }: Matrix, rows: Int32Array): ResultArray => ({
  dtype: 'float64',
  shape: [rows.length, columns],
  data: pickRows(data, columns, rows)
})
const integers = (data: Int32Array): ResultArray => ({ dtype: 'int32', shape: [data.length], data })

function remark(params: SvdParams, nFactors: number, spectrum: Float64Array, longest: number): string[] {
  const notes: string[] = []
  if (nFactors < params.nFactors) {
    notes.push(`${counted(params.nFactors, 'factor')} were asked for; this matrix has at most ${nFactors}.`)
  }
  const limit = spectrum[0]! * longest * Number.EPSILON
  const empty = Array.from(spectrum.subarray(0, nFactors)).filter((sigma) => sigma <= limit).length
  if (empty > 0) {
    const which = empty === 1 ? 'The last factor holds' : `The last ${counted(empty, 'factor')} hold`
    notes.push(`${which} nothing: the matrix has rank ${nFactors - empty}.`)
  }
  return notes
}
