import { transformName, type StepOf, type Transform } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { counted } from '../stats/counted.ts'
import { listNames } from '../stats/list-names.ts'
import { lostCells, outcome, type StepOutcome } from './outcome.ts'
import { ranksOf } from './ranks.ts'
import { spreadOf } from './spread.ts'
import {
  columnOf,
  namesIn,
  numbersOf,
  replaceColumns,
  takeName,
  withNumbers,
  type WorkingColumn,
  type WorkingTable
} from './working-table.ts'
import { called } from './rename-column.ts'

/** What each function cannot take: the words for the cells that become missing. */
const outside: Partial<Record<Transform, string>> = {
  log: 'not above 0',
  log10: 'not above 0',
  log1p: 'not above −1',
  sqrt: 'below 0'
}

/** Puts columns of numbers through a function, one by one. A cell the function is not defined for becomes missing.
 * standardize: (x − mean) / sd, divisor n − 1. minmax: (x − min) / (max − min). rank: from 1, ties share their mean.
 * @throws COLUMN_UNKNOWN | STEP_COLUMN_TYPE | COLUMN_CONSTANT (has no z-score, and no range) | OUT_OF_RANGE */
export function transformColumns(table: WorkingTable, step: StepOf<'transform'>, watch: Watch): StepOutcome {
  const what = transformName(step.function)
  const names = [...new Set(step.columns)]
  const made = new Map<string, WorkingColumn>()
  let cellsLost = 0
  let cellsChanged = 0
  for (const name of names) {
    const column = columnOf(table, name)
    const values = apply(step.function, numbersOf(table, name, what), name, watch)
    const { missing, changed } = compare((column.data as { values: Float64Array }).values, values, watch)
    cellsLost += missing - column.missing
    cellsChanged += changed
    made.set(name, withNumbers(column, values, missing))
  }
  const sentences = [
    `${what} of ${names.length <= 3 ? listNames(names) : counted(names.length, 'column')}`,
    lostCells(cellsLost, outside[step.function])
  ]
  if (step.result === 'replace')
    return outcome(table, replaceColumns(table, made), sentences, { cellsLost, cellsChanged })
  const taken = namesIn(table)
  const columns = table.columns.flatMap((column) => {
    const beside = made.get(column.name)
    if (!beside) return [column]
    const name = takeName(`${what} of ${column.name}`, taken)
    return [column, { ...called(beside, name), origin: null }]
  })
  return outcome(table, { ...table, columns }, [`${sentences[0]}, beside the column`, sentences[1]!], { cellsLost: 0 })
}

function apply(transform: Transform, values: Float64Array, name: string, watch: Watch): Float64Array {
  if (transform === 'rank') return ranksOf(values, watch)
  const of = functionOf(transform, values, name, watch)
  const result = new Float64Array(values.length)
  inPieces(values.length, 4, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      const value = of(values[row]!)
      result[row] = Number.isFinite(value) ? value : NaN
    }
  })
  return result
}

function functionOf(
  transform: Exclude<Transform, 'rank'>,
  values: Float64Array,
  name: string,
  watch: Watch
): (value: number) => number {
  if (transform === 'log') return Math.log
  if (transform === 'log10') return Math.log10
  if (transform === 'log1p') return Math.log1p
  if (transform === 'sqrt') return Math.sqrt
  const { count, min, max, mean, sd } = spreadOf(values, watch)
  if (transform === 'center') return (value) => value - mean
  if (count < 2 || min === max) {
    throw new EigendeskError('COLUMN_CONSTANT', { field: name, reason: transformName(transform) })
  }
  if (!Number.isFinite(sd) || !Number.isFinite(max - min)) throw new EigendeskError('OUT_OF_RANGE', { field: name })
  return transform === 'standardize' ? (value) => (value - mean) / sd : (value) => (value - min) / (max - min)
}

function compare(before: Float64Array, after: Float64Array, watch: Watch): { missing: number; changed: number } {
  let missing = 0
  let changed = 0
  inPieces(after.length, 2, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      if (Number.isNaN(after[row])) missing++
      if (!Object.is(before[row]! + 0, after[row]! + 0)) changed++
    }
  })
  return { missing, changed }
}
