import type { StepOf } from '../contract/preparation.ts'
import type { ColumnData, ColumnType } from '../contract/table.ts'
import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { listNames } from '../stats/list-names.ts'
import { cellRules, readCell, type CellReading, type CellRules } from '../table/cell.ts'
import { storageKind } from '../table/chunks.ts'
import { fitsType } from '../table/infer.ts'
import { lostCells, outcome, type StepOutcome } from './outcome.ts'
import { columnOf, replaceColumns, textAt, type WorkingColumn, type WorkingTable } from './working-table.ts'

const typeWords: Record<ColumnType, string> = {
  number: 'numbers',
  category: 'categories',
  text: 'text',
  date: 'dates',
  boolean: 'booleans'
}

/** Words that are the two of one boolean column. */
const booleanPairs = [
  ['true', 'false'],
  ['yes', 'no'],
  ['t', 'f'],
  ['y', 'n'],
  ['on', 'off'],
  ['1', '0']
]

/** Reads the cells of columns as another type, by the rules a file is read with. A cell that does not fit becomes missing.
 * @throws COLUMN_UNKNOWN */
export function changeType(table: WorkingTable, step: StepOf<'type'>, watch: Watch): StepOutcome {
  const rules = cellRules(table.dialect)
  const changed = new Map<string, WorkingColumn>()
  let cellsLost = 0
  let cellsChanged = 0
  for (const name of new Set(step.columns)) {
    const column = columnOf(table, name)
    if (column.type === step.to) continue
    const next = readAs(column, step.to, rules, table.nRows, watch)
    changed.set(name, next)
    cellsLost += next.missing - column.missing
    // Text and numbers for the same thing are other values, categories and texts of it are not.
    const another = (column.data.kind === 'number') !== (next.data.kind === 'number')
    cellsChanged += another ? table.nRows - column.missing : next.missing - column.missing
  }
  const names = [...changed.keys()]
  const sentence =
    names.length === 0
      ? `Nothing to read again: all are ${typeWords[step.to]} already`
      : `Read ${listNames(names)} as ${typeWords[step.to]}`
  return outcome(table, replaceColumns(table, changed), [sentence, lostCells(cellsLost, 'that did not fit')], {
    cellsLost,
    cellsChanged
  })
}

function readAs(column: WorkingColumn, to: ColumnType, rules: CellRules, nRows: number, watch: Watch): WorkingColumn {
  const fits = to === 'boolean' ? fitsPair(column.data, nRows, rules) : (reading: CellReading) => fitsType(reading, to)
  const read = readerOf(column.data, rules)
  const writer = writerOf(column.name, to, nRows)
  let missing = 0
  inPieces(nRows, 32, watch, (from, end) => {
    for (let row = from; row < end; row++) {
      const { text, reading } = read(row)
      if (text !== null && reading !== null && fits(reading, text)) writer.put(row, text, reading)
      else missing++
    }
  })
  // What was filled in and is no longer there is no filled cell.
  const imputed = missing > column.missing ? null : column.imputed
  return { ...column, type: to, data: writer.data, summary: null, missing, imputed }
}

interface CellText {
  text: string | null
  reading: CellReading | null
}

/** The text of a cell and what it could be; a word of a dictionary is looked at once, a number is one whatever its digits. */
function readerOf(data: ColumnData, rules: CellRules): (row: number) => CellText {
  const look = (text: string | null, by = rules): CellText => ({
    text,
    reading: text === null ? null : readWord(text, by)
  })
  if (data.kind === 'number') {
    const plain = { ...rules, decimal: '.' as const }
    return (row) => look(textAt(data, row), plain)
  }
  if (data.kind === 'text') return (row) => look(data.values[row] ?? null)
  const words = data.dictionary.map((word) => look(word))
  const none = look(null)
  return (row) => words[data.codes[row]!] ?? none
}

/** A text that was not read as missing before is not one now, whatever it says. */
const readWord = (text: string, rules: CellRules): CellReading => readCell(text, { ...rules, missing: new Set() })

/** Booleans are two words: those of the pair the first boolean word of the column belongs to. */
function fitsPair(data: ColumnData, nRows: number, rules: CellRules): (reading: CellReading, text: string) => boolean {
  const read = readerOf(data, rules)
  let pair: string[] | undefined
  for (let row = 0; row < nRows && !pair; row++) {
    const { text, reading } = read(row)
    if (text !== null && reading?.isBoolean) pair = booleanPairs.find((words) => words.includes(plainWord(text)))
  }
  return (_reading, text) => pair?.includes(plainWord(text)) ?? false
}

const plainWord = (text: string): string => text.trim().toLowerCase()

interface Writer {
  data: ColumnData
  put: (row: number, text: string, reading: CellReading) => void
}

function writerOf(name: string, to: ColumnType, nRows: number): Writer {
  const kind = storageKind(to)
  if (kind === 'number') {
    const values = new Float64Array(nRows).fill(NaN)
    return { data: { kind, name, values }, put: (row, _text, reading) => (values[row] = reading.value) }
  }
  if (kind === 'text') {
    const values = new Array<string | null>(nRows).fill(null)
    return { data: { kind, name, values }, put: (row, text) => (values[row] = text) }
  }
  const codes = new Int32Array(nRows).fill(-1)
  const dictionary: string[] = []
  const known = new Map<string, number>()
  const put = (row: number, text: string): void => {
    let code = known.get(text)
    if (code === undefined) {
      code = dictionary.push(text) - 1
      known.set(text, code)
    }
    codes[row] = code
  }
  return { data: { kind, name, codes, dictionary }, put }
}
