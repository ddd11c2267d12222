import type {
  ColumnDetail,
  CorrelationMethod,
  CorrelationTable,
  TableStatistics
} from '../../core/contract/column-statistics.ts'
import type { AnalysisInfo, DatasetInfo } from '../../core/contract/session.ts'
import type { ColumnData } from '../../core/contract/table.ts'
import { call } from '../app/api.ts'

/** Answers kept so that a view and its inspector, and a tab shown again, do not ask twice. */
const KEPT = 40
const kept = new Map<string, Promise<unknown>>()

/** The answer to a question that is asked once. @param key what makes it another question */
export function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const known = kept.get(key) as Promise<T> | undefined
  if (known) {
    kept.delete(key)
    kept.set(key, known)
    return known
  }
  const answer = ask()
  kept.set(key, answer)
  answer.catch(() => kept.delete(key))
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  return answer
}

/** A result that was run again is another result, though its id may be the same. */
export const resultKey = (analysis: AnalysisInfo): string => `${analysis.id} ${analysis.createdAt}`

export async function loadSummary<Summary>(analysis: AnalysisInfo): Promise<Summary> {
  const record = await once(`${resultKey(analysis)} record`, () => call('analysis.get', { analysisId: analysis.id }))
  return record.summary as Summary
}

/** One array of a result, or some columns of it; row-major. */
export function loadArray(
  analysis: AnalysisInfo,
  name: string,
  columns?: readonly number[]
): Promise<Float64Array | Int32Array> {
  return loadArrayOnce(resultKey(analysis), analysis, name, columns)
}

/** The same of an array that stays as it is for as long as a key does. */
export async function loadArrayOnce(
  key: string,
  analysis: AnalysisInfo,
  name: string,
  columns?: readonly number[]
): Promise<Float64Array | Int32Array> {
  const asked = { analysisId: analysis.id, name, ...(columns && { columns: [...columns] }) }
  return (await once(`${key} ${name} ${columns?.join(' ') ?? 'all'}`, () => call('analysis.array', asked))).data
}

/** Whether a result has an array: those of older versions lack some. */
export async function hasArray(analysis: AnalysisInfo, name: string): Promise<boolean> {
  const record = await once(`${resultKey(analysis)} record`, () => call('analysis.get', { analysisId: analysis.id }))
  return Object.hasOwn(record.arrays, name)
}

/** One column of an array in single precision, for pixels: of a million rows 4 MB. */
export async function loadPlotted(analysis: AnalysisInfo, name: string, column: number): Promise<Float32Array> {
  const asked = { analysisId: analysis.id, name, columns: [column] }
  return (await once(`${resultKey(analysis)} plotted ${name} ${column}`, () => call('analysis.plot', asked)))[0]!
}

export function loadList(analysis: AnalysisInfo, name: string): Promise<string[]> {
  return once(`${resultKey(analysis)} list ${name}`, () => call('analysis.list', { analysisId: analysis.id, name }))
}

export function loadColumn(dataset: DatasetInfo, column: string): Promise<ColumnData> {
  return once(`${dataset.id} column ${column}`, () => call('dataset.column', { datasetId: dataset.id, column }))
}

export function loadStatistics(dataset: DatasetInfo): Promise<TableStatistics> {
  return once(`${dataset.id} statistics`, () => call('columns.describe', { datasetId: dataset.id }))
}

export function loadColumnDetail(dataset: DatasetInfo, column: string): Promise<ColumnDetail> {
  return once(`${dataset.id} detail ${column}`, () => call('columns.detail', { datasetId: dataset.id, column }))
}

export function loadCorrelations(
  dataset: DatasetInfo,
  columns: readonly string[],
  method: CorrelationMethod
): Promise<CorrelationTable> {
  const asked = { datasetId: dataset.id, columns: [...columns], method }
  return once(`${dataset.id} correlations ${method} ${JSON.stringify(columns)}`, () => call('columns.correlate', asked))
}
