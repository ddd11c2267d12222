import { runPca } from '../../../core/analyses/pca/run.ts'
import { pcaSummarySchema, type PcaParams, type PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisResult, RunContext } from '../../../core/contract/analysis.ts'
import { EigendeskError, type ErrorCode } from '../../../core/contract/errors.ts'
import type { TableView } from '../../../core/contract/table.ts'

export const unwatchedRun: RunContext = { progress: () => undefined, checkpoint: () => undefined }

/** A table of numeric columns a, b, c … (or c0, c1 … where there are many); NaN is missing. */
export function tableOf(rows: number[][], names?: string[]): TableView {
  const width = rows[0]?.length ?? 0
  return {
    fileName: 'test.csv',
    nRows: rows.length,
    lines: Int32Array.from(rows, (_, i) => i + 2),
    columns: Array.from({ length: width }, (_, j) => ({
      kind: 'number' as const,
      name: names?.[j] ?? (width > 26 ? `c${j}` : String.fromCharCode(97 + j)),
      values: Float64Array.from(rows, (row) => row[j]!)
    }))
  }
}

export function paramsFor(table: TableView, overrides: Partial<PcaParams> = {}): PcaParams {
  const columns = table.columns.map((column) => column.name)
  const nComponents = Math.min(table.nRows, columns.length)
  return {
    columns,
    centre: 'mean',
    scale: 'none',
    missing: 'drop',
    imputeComponents: null,
    divisor: 'n-1',
    weight: null,
    supplementaryRows: '',
    supplementaryColumns: [],
    group: null,
    nComponents,
    label: null,
    solver: 'auto',
    seed: 0,
    ...overrides
  }
}

export interface Fitted {
  result: AnalysisResult<PcaSummary>
  summary: PcaSummary
  components: number[][]
  loadings: number[][]
  scores: number[][]
  spectrum: number[]
}

/** Runs the analysis and checks what every result must satisfy: its schema, finite arrays of the stated shapes. */
export function pcaOfTable(table: TableView, overrides: Partial<PcaParams> = {}): Fitted {
  const result = runPca(table, paramsFor(table, overrides), unwatchedRun)
  const summary = pcaSummarySchema.parse(JSON.parse(JSON.stringify(result.summary)))
  for (const [name, { shape, data }] of Object.entries(result.arrays)) {
    if (data.length !== shape.reduce((product, size) => product * size, 1)) throw new Error(`${name} has a wrong shape`)
    if (!data.every(Number.isFinite)) throw new Error(`${name} holds a number that is not finite`)
  }
  return {
    result,
    summary,
    components: rowsOf(result, 'components'),
    loadings: rowsOf(result, 'loadings'),
    scores: rowsOf(result, 'scores'),
    spectrum: Array.from(result.arrays['spectrum']!.data)
  }
}

export function pcaOfRows(rows: number[][], overrides: Partial<PcaParams> = {}): Fitted {
  return pcaOfTable(tableOf(rows), overrides)
}

function rowsOf(result: AnalysisResult<PcaSummary>, name: string): number[][] {
  const { shape, data } = result.arrays[name]!
  const [nRows = 0, nColumns = 0] = shape
  return Array.from({ length: nRows }, (_, i) => Array.from(data.slice(i * nColumns, (i + 1) * nColumns)))
}

/** The error a piece of work throws; anything but an EigendeskError fails the test. */
export function errorOf(work: () => unknown): { code: ErrorCode; message: string; hint: string } {
  try {
    work()
  } catch (error) {
    if (error instanceof EigendeskError) return error.data
    throw error
  }
  throw new Error('nothing was thrown')
}

/** Largest |⟨row, row⟩ − δ| over pairs of rows. */
export function orthonormalityError(rows: number[][]): number {
  let worst = 0
  rows.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      const product = row.reduce((sum, value, k) => sum + value * rows[j]![k]!, 0)
      worst = Math.max(worst, Math.abs(product - (i === j ? 1 : 0)))
    }
  })
  return worst
}
