import type { StepOf } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { inPieces, ordinaryArray } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { counted } from '../stats/counted.ts'
import { listNames } from '../stats/list-names.ts'
import { chooseComponents, completeByPca } from './iterative-pca.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { medianOf, spreadOf } from './spread.ts'
import {
  columnOf,
  numbersOf,
  replaceColumns,
  withNumbers,
  type WorkingColumn,
  type WorkingTable
} from './working-table.ts'

type Impute = StepOf<'impute'>

/** Fills the missing cells of columns of numbers and marks each of them.
 * @throws COLUMN_UNKNOWN | STEP_COLUMN_TYPE | COLUMN_EMPTY | INVALID_PARAMETER (more components than the table has) */
export function imputeCells(table: WorkingTable, step: Impute, watch: Watch): StepOutcome {
  const names = [...new Set(step.columns)]
  const given = names.map((name) => numbersOf(table, name, 'Filling missing cells'))
  const without = names.filter((name) => columnOf(table, name).missing === table.nRows)
  if (without.length > 0) throw new EigendeskError('COLUMN_EMPTY', { field: listNames(without) })
  const cells = names.reduce((sum, name) => sum + columnOf(table, name).missing, 0)
  const affected = names.filter((name) => columnOf(table, name).missing > 0)
  if (cells === 0) {
    const where = names.length === 1 ? names[0]! : `the ${names.length} columns`
    return outcome(table, table, [`Nothing to fill: no cell of ${where} is missing`])
  }
  const { values, how } =
    step.method === 'pca' ? fillByPca(names, given, step, watch) : fillByOne(given, step.method, watch)
  const replaced = new Map<string, WorkingColumn>()
  names.forEach((name, j) => {
    const column = columnOf(table, name)
    if (column.missing === 0) return
    replaced.set(name, { ...withNumbers(column, values[j]!, 0), imputed: markFilled(column, given[j]!, watch) })
  })
  const where = affected.length <= 3 ? listNames(affected) : counted(affected.length, 'column')
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

interface Filled {
  values: Float64Array[]
  how: string
}

function fillByOne(given: readonly Float64Array[], method: 'mean' | 'median', watch: Watch): Filled {
  const values = given.map((column) => {
    const filling = method === 'mean' ? spreadOf(column, watch).mean : medianOf(column, watch)
    const filled = new Float64Array(column.length)
    inPieces(column.length, 2, watch, (from, to) => {
      for (let row = from; row < to; row++) filled[row] = Number.isNaN(column[row]) ? filling : column[row]!
    })
    return filled
  })
  return { values, how: `with the ${method} of ${given.length === 1 ? 'the column' : 'each column'}` }
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
  return { values, how }
}

function markFilled(column: WorkingColumn, given: Float64Array, watch: Watch): Uint8Array {
  const imputed = column.imputed?.slice() ?? new Uint8Array(given.length)
  inPieces(given.length, 1, watch, (from, to) => {
    for (let row = from; row < to; row++) if (Number.isNaN(given[row])) imputed[row] = 1
  })
  return imputed
}
