import type { ExportTable, ResultArray, StoredResult } from '../../contract/analysis.ts'
import type { SvdSummary } from './spec.ts'

type ExportColumn = ExportTable['columns'][number]

/** The columns of a row-major matrix as "factor 1", "factor 2" …, each multiplied by a number. */
function factorColumns({ shape, data }: ResultArray, times: readonly number[]): ExportColumn[] {
  const [nRows = 0, nFactors = 0] = shape
  return times.map((factor, k) => ({
    name: `factor ${k + 1}`,
    values: Float64Array.from({ length: nRows }, (_, i) => factor * data[i * nFactors + k]!)
  }))
}

const running = (values: readonly number[]): number[] => {
  let sum = 0
  return values.map((value) => (sum += value))
}

/** What a truncated SVD carries away: coordinates of rows and columns (U·Σ, V·Σ), the bare vectors, the spectrum, and what each
 * rank leaves. */
export function exportSvd(result: StoredResult<SvdSummary>): ExportTable[] {
  const { summary } = result
  const { source, singularValues, nFactors } = summary
  const [one, other] = source === 'text' ? ['document', 'term'] : ['row', 'column']
  const ones = singularValues.map(() => 1)
  const rowHead = (): ExportColumn[] => [
    ...(source === 'triplets'
      ? []
      : [{ name: 'table row', values: result.array('rowsUsed').data.map((row) => row + 1) }]),
    { name: one, values: result.list('rows') }
  ]
  const columnHead = (): ExportColumn[] => [
    { name: other, values: result.list('columns') },
    ...(source === 'text' ? [{ name: 'documents', values: result.array('documentCounts').data }] : [])
  ]
  const table = (name: string, label: string, columns: ExportColumn[]): ExportTable => ({ name, label, columns })
  const [rows, columns] = [result.array('leftVectors'), result.array('rightVectors')]
  const Ones = one[0]!.toUpperCase() + one.slice(1)
  const Others = other[0]!.toUpperCase() + other.slice(1)
  return [
    table(`${one}-coordinates`, `${Ones} coordinates: U × σ`, [...rowHead(), ...factorColumns(rows, singularValues)]),
    table(`${other}-coordinates`, `${Others} coordinates: V × σ`, [
      ...columnHead(),
      ...factorColumns(columns, singularValues)
    ]),
    table('left-vectors', 'Left singular vectors: U', [...rowHead(), ...factorColumns(rows, ones)]),
    table('right-vectors', 'Right singular vectors: V', [...columnHead(), ...factorColumns(columns, ones)]),
    table('spectrum', 'Singular values and shares', [
      { name: 'factor', values: singularValues.map((_, k) => `factor ${k + 1}`) },
      { name: 'singular value', values: singularValues },
      { name: 'share of norm', values: summary.normShare },
      { name: 'cumulative share of norm', values: summary.cumulativeNormShare },
      { name: 'explained variance', values: summary.explainedVariance },
      { name: 'explained variance ratio', values: summary.explainedVarianceRatio },
      { name: 'cumulative variance ratio', values: running(summary.explainedVarianceRatio) }
    ]),
    table('rank-errors', 'What each rank leaves', [
      { name: 'rank', values: Array.from({ length: nFactors + 1 }, (_, k) => k) },
      { name: 'error', values: summary.errors },
      { name: 'Eckart-Young', values: summary.eckartYoung },
      {
        name: 'numbers stored',
        values: Array.from({ length: nFactors + 1 }, (_, k) => k * (summary.nRows + summary.nColumns + 1))
      }
    ])
  ]
}
