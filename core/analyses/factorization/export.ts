import type { ExportTable, ResultArray, StoredResult } from '../../contract/analysis.ts'
import type { FactorizationSummary } from './spec.ts'

type ExportColumn = ExportTable['columns'][number]

/** The columns of a row-major matrix as "factor 1", "factor 2" … */
function factorColumns(factors: ResultArray): ExportColumn[] {
  const [nRows = 0, nFactors = 0] = factors.shape
  return Array.from({ length: nFactors }, (_, k) => ({
    name: `factor ${k + 1}`,
    values: Float64Array.from({ length: nRows }, (_, row) => factors.data[row * nFactors + k]!)
  }))
}

/** The errors of the baselines and of the model, each with the ratings it was measured on. */
function errorTable({ metrics, baselines }: FactorizationSummary): ExportTable {
  const judged = metrics.test === null ? 'train' : 'test'
  const rows = [
    { model: 'global mean', on: judged, ...baselines.globalMean },
    { model: 'bias', on: judged, ...baselines.bias },
    { model: 'this model', on: 'train', ...metrics.train },
    ...(metrics.test === null ? [] : [{ model: 'this model', on: 'test', ...metrics.test }])
  ]
  return {
    name: 'errors',
    label: 'Errors',
    columns: [
      { name: 'model', values: rows.map((row) => row.model) },
      { name: 'measured on', values: rows.map((row) => row.on) },
      { name: 'rmse', values: rows.map((row) => row.rmse) },
      { name: 'mae', values: rows.map((row) => row.mae) }
    ]
  }
}

function historyTable({ history }: FactorizationSummary): ExportTable {
  return {
    name: 'history',
    label: 'Error by sweep',
    columns: [
      { name: 'iteration', values: history.map((sweep) => sweep.iteration) },
      { name: 'train rmse', values: history.map((sweep) => sweep.trainRmse) },
      { name: 'test rmse', values: history.map((sweep) => sweep.testRmse ?? NaN) },
      { name: 'loss', values: history.map((sweep) => sweep.loss) },
      ...(['squares', 'blanks', 'penalty'] as const)
        .filter((part) => history.some((sweep) => sweep[part] !== undefined))
        .map((part) => ({ name: `loss ${part}`, values: history.map((sweep) => sweep[part] ?? NaN) }))
    ]
  }
}

/** What a factorization carries away: factors and biases of users and items, the errors, the error by sweep.
 * A missing test error is NaN, which the writers leave blank. */
export function exportFactorization(result: StoredResult<FactorizationSummary>): ExportTable[] {
  const sideTable = (side: 'user' | 'item', label: string): ExportTable => ({
    name: `${side}-factors`,
    label,
    columns: [
      { name: side, values: result.list(`${side}s`) },
      { name: 'ratings', values: result.array(`${side}Counts`).data },
      { name: 'bias', values: result.array(`${side}Bias`).data },
      ...factorColumns(result.array(`${side}Factors`))
    ]
  })
  return [
    sideTable('user', 'User factors'),
    sideTable('item', 'Item factors'),
    errorTable(result.summary),
    historyTable(result.summary)
  ]
}
