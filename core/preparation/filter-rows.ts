import { describeCondition, type Condition, type StepOf } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { ColumnData } from '../contract/table.ts'
import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { counted } from '../stats/counted.ts'
import { parseDate } from '../table/dates.ts'
import { marksOf } from './row-runs.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { columnOf, isMissing, numbersOf, takeRows, textAt, type WorkingTable } from './working-table.ts'

type Test = (row: number) => boolean

/** Keeps the rows that fulfil all conditions, or any of them.
 * @throws COLUMN_UNKNOWN | STEP_COLUMN_TYPE (a comparison of what is no number) | STEP_LEAVES_NOTHING */
export function filterRows(table: WorkingTable, step: StepOf<'filter'>, watch: Watch): StepOutcome {
  const tests = step.conditions.map((condition) => testOf(table, condition))
  const all = step.match === 'all'
  const kept = new Int32Array(table.nRows)
  let nKept = 0
  inPieces(table.nRows, 4 * tests.length, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      if (all ? tests.every((test) => test(row)) : tests.some((test) => test(row))) kept[nKept++] = row
    }
  })
  const words = step.conditions.map(describeCondition).join(all ? ' and ' : ' or ')
  if (nKept === 0) throw new EigendeskError('STEP_LEAVES_NOTHING', { value: 'row', reason: words })
  const sentence = `Kept ${nKept.toLocaleString('en-US')} of ${counted(table.nRows, 'row')}: ${words}`
  return outcome(table, takeRows(table, kept.slice(0, nKept), watch), [sentence])
}

function testOf(table: WorkingTable, condition: Condition): Test {
  if (condition.test === 'rows') {
    const { runs, negated } = condition
    const { nSourceRows, sourceRows } = table
    const beyond = runs.some((_, at) => at % 2 === 0 && runs[at]! + (runs[at + 1] ?? 0) > nSourceRows)
    if (beyond) {
      const reason = `rows beyond the ${counted(nSourceRows, 'row')} there are were chosen`
      throw new EigendeskError('INVALID_PARAMETER', { field: 'Rows', reason })
    }
    const marks = marksOf(runs, nSourceRows)
    return (row) => (marks[sourceRows ? sourceRows[row]! : row] === 1) !== negated
  }
  const { data } = columnOf(table, condition.column)
  switch (condition.test) {
    case 'compare': {
      const { values, limitOf } = orderedOf(table, condition.column, 'Comparing')
      return comparisons[condition.operator](values, limitOf(condition.value))
    }
    case 'between': {
      const { values, limitOf } = orderedOf(table, condition.column, 'A range')
      const [from, to] = [limitOf(condition.from), limitOf(condition.to)]
      return (row) => values[row]! >= from && values[row]! <= to
    }
    case 'missing':
      return (row) => isMissing(data, row) !== condition.negated
    case 'oneOf':
      return turned(isOneOf(data, condition.values), condition.negated)
    case 'contains': {
      const wanted = condition.text.toLowerCase()
      const fulfils = places[condition.place]
      return turned(
        textTest(data, (text) => fulfils(text.toLowerCase(), wanted)),
        condition.negated
      )
    }
  }
}

const places = {
  anywhere: (text: string, wanted: string): boolean => text.includes(wanted),
  begin: (text: string, wanted: string): boolean => text.startsWith(wanted),
  whole: (text: string, wanted: string): boolean => text === wanted
}

const turned = (test: Test, negated: boolean): Test => (negated ? (row) => !test(row) : test)

/** What is compared in a column: its numbers, or the moments of its dates; and a limit of the same kind.
 * @throws STEP_COLUMN_TYPE | INVALID_PARAMETER where the limit is of another kind */
function orderedOf(
  table: WorkingTable,
  name: string,
  doing: string
): { values: Float64Array; limitOf: (limit: number | string) => number } {
  const { data, type, summary } = columnOf(table, name)
  if (type !== 'date' || data.kind !== 'text') {
    const limitOf = (limit: number | string): number => {
      if (typeof limit === 'number') return limit
      throw new EigendeskError('INVALID_PARAMETER', { field: name, reason: `"${limit}" is not a number` })
    }
    return { values: numbersOf(table, name, doing), limitOf }
  }
  const dateOrder = summary?.dateOrder ?? table.dialect.dateOrder
  const values = Float64Array.from(data.values, (text) => (text === null ? NaN : parseDate(text, dateOrder)))
  const limitOf = (limit: number | string): number => {
    const moment = parseDate(String(limit), dateOrder)
    if (!Number.isNaN(moment)) return moment
    const reason = `"${limit}" is not a date`
    throw new EigendeskError('INVALID_PARAMETER', { field: name, reason, limit: 'a date like 2024-02-29' })
  }
  return { values, limitOf }
}

/** A missing cell is NaN, and fulfils no comparison; so also not "≠". */
const comparisons: Record<'<' | '<=' | '=' | '!=' | '>=' | '>', (values: Float64Array, limit: number) => Test> = {
  '<': (values, limit) => (row) => values[row]! < limit,
  '<=': (values, limit) => (row) => values[row]! <= limit,
  '=': (values, limit) => (row) => values[row] === limit,
  '!=': (values, limit) => (row) => values[row]! < limit || values[row]! > limit,
  '>=': (values, limit) => (row) => values[row]! >= limit,
  '>': (values, limit) => (row) => values[row]! > limit
}

function isOneOf(data: ColumnData, texts: readonly string[]): Test {
  if (data.kind === 'number') {
    const wanted = new Set(texts.filter((text) => text.trim() !== '').map(Number))
    return (row) => wanted.has(data.values[row]!) && !Number.isNaN(data.values[row])
  }
  const wanted = new Set(texts)
  return textTest(data, (text) => wanted.has(text))
}

/** A test of the texts of a column; each word of a dictionary is looked at once. */
function textTest(data: ColumnData, fulfils: (text: string) => boolean): Test {
  if (data.kind === 'codes') {
    const words = data.dictionary.map(fulfils)
    return (row) => words[data.codes[row]!] ?? false
  }
  return (row) => {
    const text = textAt(data, row)
    return text !== null && fulfils(text)
  }
}
