import type { StepOf } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { inPieces, ordinaryArray } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { counted } from '../stats/counted.ts'
import { listNames } from '../stats/list-names.ts'
import { chooseComponents, completeByPca } from './iterative-pca.ts'
import { fillMostFrequent } from './most-frequent.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { medianOf, spreadOf } from './spread.ts'
import {
  columnOf,
  isMissing,
  numbersOf,
  replaceColumns,
  type WorkingColumn,
  type WorkingTable
} from './working-table.ts'
import type { ColumnData } from '../contract/table.ts'

type Impute = StepOf<'impute'>

/** Fills the missing cells of columns and marks each of them: by the most frequent value in columns of any type, else in
 * columns of numbers.
 * @throws COLUMN_UNKNOWN | STEP_COLUMN_TYPE | COLUMN_EMPTY | INVALID_PARAMETER (more components than the table has) */
export function imputeCells(table: WorkingTable, step: Impute, watch: Watch): StepOutcome {
  const names = [...new Set(step.columns)]
  const columns = names.map((name) => columnOf(table, name))
  const { method } = step
  const numbers = method === 'mode' ? [] : names.map((name) => numbersOf(table, name, doing[method]))
  const without = columns.filter((column) => column.missing === table.nRows)
  if (without.length > 0)
    throw new EigendeskError('COLUMN_EMPTY', { field: listNames(without.map(({ name }) => name)) })
  const affected = columns.filter((column) => column.missing > 0)
  const cells = affected.reduce((sum, column) => sum + column.missing, 0)
  if (cells === 0) {
    const where = names.length === 1 ? names[0]! : `the ${names.length} columns`
    return outcome(table, table, [`Nothing to fill: no cell of ${where} is missing`])
  }
  const { filled, how } =
    method === 'mode'
      ? fillByMode(affected, watch)
      : method === 'pca'
        ? fillByPca(names, numbers, step, watch)
        : fillByOne(names, numbers, method, watch)
  const replaced = new Map<string, WorkingColumn>()
  for (const column of affected) {
    const data = filled.get(column.name)!
    replaced.set(column.name, { ...column, data, summary: null, missing: 0, imputed: markFilled(column, watch) })
  }
  const where = affected.length <= 3 ? listNames(affected.map(({ name }) => name)) : counted(affected.length, 'column')
  return outcome(
    table,
    replaceColumns(table, replaced),
    [`Filled ${counted(cells, 'missing cell')} of ${where} ${how}`],
    {
      cellsChanged: cells,
      cellsImputed: cells
    }
  )
}

/** The beginning of the sentence that says what wants numbers. */
const doing = { mean: 'Filling by the mean', median: 'Filling by the median', pca: 'Filling by iterative PCA' }

interface Filled {
  /** by name, at least those with a missing cell */
  filled: ReadonlyMap<string, ColumnData>
  how: string
}

/** Up to so many columns the value that was put in is named. */
const VALUES_NAMED = 3

function fillByMode(columns: readonly WorkingColumn[], watch: Watch): Filled {
  const filled = new Map<string, ColumnData>()
  const values: string[] = []
  for (const { name, data } of columns) {
    const { text, equal, filled: complete } = fillMostFrequent(data, watch)!
    filled.set(name, complete)
    values.push(equal === null ? text : `${text} (as frequent as ${equal}, and before it in order)`)
  }
  const how = `with the most frequent value${columns.length === 1 ? '' : ' of each column'}`
  return { filled, how: columns.length <= VALUES_NAMED ? `${how}: ${values.join(', ')}` : how }
}

function fillByOne(
  names: readonly string[],
  given: readonly Float64Array[],
  method: 'mean' | 'median',
  watch: Watch
): Filled {
  const values = given.map((column) => {
    const filling = method === 'mean' ? spreadOf(column, watch).mean : medianOf(column, watch)
    const filled = new Float64Array(column.length)
    inPieces(column.length, 2, watch, (from, to) => {
      for (let row = from; row < to; row++) filled[row] = Number.isNaN(column[row]) ? filling : column[row]!
    })
    return filled
  })
  return {
    filled: byName(names, values),
    how: `with the ${method} of ${given.length === 1 ? 'the column' : 'each column'}`
  }
}

function fillByPca(names: readonly string[], given: readonly Float64Array[], step: Impute, watch: Watch): Filled {
  const [n, p] = [given[0]!.length, given.length]
  const most = Math.min(n - 2, p - 1)
  if (most < 1) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Columns',
      reason: `iterative PCA needs at least 2 columns and 3 rows, and has ${p} and ${n}`,
      limit: 'more columns, or the mean or median of the column'
    })
  }
  if (step.nComponents !== null && step.nComponents > most) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Components',
      reason: `${step.nComponents} are more than ${p} columns and ${n} rows have`,
      limit: `1 to ${most}`
    })
  }
  const x = createMatrix(n, p, ordinaryArray(n * p))
  given.forEach((column, j) => {
    inPieces(n, 1, watch, (from, to) => {
      for (let i = from; i < to; i++) {
        const value = column[i]!
        if (value === Infinity || value === -Infinity) {
          throw new EigendeskError('NON_FINITE', { field: names[j]!, value: String(value) })
        }
        x.data[i * p + j] = value
      }
    })
  })
  const nComponents = step.nComponents ?? chooseComponents(x, step.scale, watch)
  const { data, rounds, converged } = completeByPca(x, nComponents, step.scale, watch)
  const values = given.map((_, j) => {
    const column = new Float64Array(n)
    inPieces(n, 1, watch, (from, to) => {
      for (let i = from; i < to; i++) column[i] = data[i * p + j]!
    })
    return column
  })
  const chosen = step.nComponents === null ? 'chosen by generalized cross-validation, ' : ''
  const end = converged ? counted(rounds, 'round') : `stopped after ${counted(rounds, 'round')} before it settled`
  const how =
    nComponents === 0
      ? 'with the mean of each column: generalized cross-validation found no component that does better'
      : `by iterative PCA with ${counted(nComponents, 'component')} (${chosen}${step.scale ? 'unit variance, ' : ''}${end})`
  return { filled: byName(names, values), how }
}

const byName = (names: readonly string[], values: readonly Float64Array[]): Map<string, ColumnData> =>
  new Map(names.map((name, j) => [name, { kind: 'number', name, values: values[j]! }]))

function markFilled({ data, imputed: before }: WorkingColumn, watch: Watch): Uint8Array {
  const nRows = data.kind === 'codes' ? data.codes.length : data.values.length
  const imputed = before?.slice() ?? new Uint8Array(nRows)
  inPieces(nRows, 1, watch, (from, to) => {
    for (let row = from; row < to; row++) if (isMissing(data, row)) imputed[row] = 1
  })
  return imputed
}
