import type { Dialect, ProblemCode } from '../../../core/contract/table.ts'
import { makeGoods, makeMeasurements, type CleanTable } from './goods.ts'
import { Random } from './random.ts'
import { encode, joinLines, rfc4180, writeRow, type Writing } from './write.ts'

/** A file with the truth about it. */
export interface CorpusFile {
  name: string
  bytes: Uint8Array
  /** null: no header */
  header: string[] | null
  /** the cells as they are meant; texts */
  rows: string[][]
  /** what must be understood */
  dialect?: Partial<Dialect>
  /** problems that must be among those reported: code, line, column */
  problems?: [ProblemCode, number, number][]
  /** the code of the error with which it must be refused */
  refused?: string
}

interface Draft {
  table: CleanTable
  random: Random
  writing: Writing
  /** the lines as written, the header first */
  lines: string[]
}

type Truth = Partial<Omit<CorpusFile, 'name'>> & { text?: string }
type Pollution = (draft: Draft) => Truth

const rowAt = (draft: Draft): number => draft.random.integer(1, draft.table.rows.length)

/** The table written otherwise. */
const written =
  (part: Partial<Writing>, dialect: Partial<Dialect> = {}): Pollution =>
  ({ table }) => {
    const writing = { ...rfc4180, ...part }
    return {
      text: joinLines(
        [table.header, ...table.rows].map((row) => writeRow(row, writing)),
        writing.newline
      ),
      dialect
    }
  }

/** One row of the file written otherwise; the truth may be another then. */
const oneRow =
  (change: (cells: string[], draft: Draft) => { line: string; row: string[] | null }): Pollution =>
  (draft) => {
    const at = rowAt(draft)
    const { line, row } = change(draft.table.rows[at - 1]!, draft)
    const lines = draft.lines.map((old, i) => (i === at ? line : old))
    const rows = draft.table.rows.flatMap((old, i) => (i === at - 1 ? (row ? [row] : []) : [old]))
    return { text: joinLines(lines, '\r\n'), rows }
  }

const around =
  (part: (draft: Draft) => { above?: string[]; below?: string[] }, dialect: Partial<Dialect>): Pollution =>
  (draft) => {
    const { above = [], below = [] } = part(draft)
    return { text: joinLines([...above, ...draft.lines, ...below], '\r\n'), dialect }
  }

/** In each of n header rows the same names, as Pollock repeats them. */
const headerRows =
  (n: number): Pollution =>
  ({ lines }) => ({
    text: joinLines([...Array.from({ length: n - 1 }, () => lines[0]!), ...lines], '\r\n'),
    dialect: { headerRows: n, firstDataRow: n + 1 }
  })

const renamed =
  (names: (header: string[]) => string[], problems: CorpusFile['problems'] = []): Pollution =>
  ({ table }) => {
    const header = names(table.header)
    return {
      header,
      text: joinLines(
        [header, ...table.rows].map((row) => writeRow(row, rfc4180)),
        '\r\n'
      ),
      problems
    }
  }

const secondTable =
  (width: number, gap: boolean): Pollution =>
  ({ lines }) => {
    const second = [
      Array.from({ length: width }, (_, i) => `second${i}`),
      ...Array.from({ length: 6 }, (_, r) => Array.from({ length: width }, (_, i) => `${r}${i}`))
    ]
    const text = joinLines([...lines, ...(gap ? [''] : []), ...second.map((row) => row.join(','))], '\r\n')
    // only the first is read: the lines below it are listed
    return {
      text,
      dialect: { lastDataRow: lines.length },
      problems: [['LINE_SKIPPED', lines.length + (gap ? 2 : 1), 0]]
    }
  }

const blank = ',,,,,,,'

/** The classes of pollution of the Pollock benchmark (Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann: "Pollock: a data loading
 * benchmark", PVLDB 16, 2023), each made from a clean table. */
export const pollutions: Record<string, Pollution> = {
  clean: written({}, { delimiter: ',', quote: '"', headerRow: 1, firstDataRow: 2 }),
  'every cell quoted': written({ quoteAll: true }),
  LF: written({ newline: '\n' }, { newline: '\n' }),
  CR: written({ newline: '\r' }, { newline: '\r' }),
  'no line end at the end': ({ lines }) => ({ text: lines.join('\r\n') }),
  'two line ends at the end': ({ lines }) => ({ text: `${lines.join('\r\n')}\r\n\r\n` }),
  'one line ends otherwise': (draft) => {
    const at = rowAt(draft)
    return { text: draft.lines.map((line, i) => line + (i === at ? '\n' : '\r\n')).join('') }
  },
  'line ends of all kinds': ({ lines }) => ({
    text: lines.map((line, i) => line + ['\n', '\r\n', '\r'][i % 3]!).join(''),
    dialect: { newline: 'mixed' }
  }),
  'UTF-8 with a mark': ({ lines }) => ({
    bytes: encode(joinLines(lines, '\r\n'), 'utf-8', true),
    dialect: { encoding: 'utf-8' }
  }),
  'UTF-16 little endian': ({ lines }) => ({
    bytes: encode(joinLines(lines, '\r\n'), 'utf-16le', true),
    dialect: { encoding: 'utf-16le' }
  }),
  'UTF-16 big endian': ({ lines }) => ({
    bytes: encode(joinLines(lines, '\r\n'), 'utf-16be', true),
    dialect: { encoding: 'utf-16be' }
  }),
  'UTF-16 without a mark': ({ lines }) => ({
    bytes: encode(joinLines(lines, '\r\n'), 'utf-16le'),
    dialect: { encoding: 'utf-16le' }
  }),
  'windows-1252': ({ lines }) => ({ bytes: encode(joinLines(lines, '\r\n'), 'windows-1252') }),
  semicolon: written({ delimiter: ';' }, { delimiter: ';' }),
  bar: written({ delimiter: '|' }, { delimiter: '|' }),
  tab: written({ delimiter: '\t' }, { delimiter: '\t' }),
  'two tabs': written({ delimiter: '\t\t' }, { delimiter: '\t\t' }),
  space: written({ delimiter: ' ', quoteAll: true }, { delimiter: ' ' }),
  colon: written({ delimiter: ':', quoteAll: true }, { delimiter: ':' }),
  'two colons': written({ delimiter: '::' }, { delimiter: '::' }),
  'comma and space': written({ delimiter: ', ' }, { delimiter: ', ' }),
  'backslash t': written({ delimiter: '\\t' }, { delimiter: '\\t' }),
  tilde: written({ delimiter: '~' }, { delimiter: '~' }),
  caret: written({ delimiter: '^' }, { delimiter: '^' }),
  'control character': written({ delimiter: '\u0001' }, { delimiter: '\u0001' }),
  'single quotes': written({ quote: "'", escape: "'", quoteAll: true }, { quote: "'" }),
  'backslash before quotes': written({ escape: '\\' }, { escape: '\\' }),
  'backslash before quotes, every cell quoted': written({ escape: '\\', quoteAll: true }, { escape: '\\' }),
  'one column': ({ table }) => ({
    header: table.header.slice(2, 3),
    rows: table.rows.map((row) => row.slice(2, 3)),
    text: joinLines(
      [table.header, ...table.rows].map((row) => row[2]!),
      '\r\n'
    )
  }),
  'hundreds of columns': ({ table }) => {
    const header = Array.from({ length: 400 }, (_, i) => `col${i + 1}`)
    const rows = table.rows.map((row) => Array.from({ length: 400 }, (_, i) => row[i % row.length]!))
    return {
      header,
      rows,
      text: joinLines(
        [header, ...rows].map((row) => writeRow(row, rfc4180)),
        '\r\n'
      )
    }
  },
  'one row': ({ table, lines }) => ({ rows: table.rows.slice(0, 1), text: joinLines(lines.slice(0, 2), '\r\n') }),
  'header alone': ({ lines }) => ({ text: joinLines(lines.slice(0, 1), '\r\n'), refused: 'NO_ROWS' }),
  'nothing at all': () => ({ text: '', refused: 'FILE_EMPTY' }),
  'no header': ({ lines }) => ({
    header: null,
    text: joinLines(lines.slice(1), '\r\n'),
    dialect: { headerRow: null, firstDataRow: 1 }
  }),
  'lines above': around(() => ({ above: ['PREAMBLE', 'PREAMBLE', 'PREAMBLE'] }), { headerRow: 4 }),
  'lines above, and an empty one': around(() => ({ above: ['Stock of 2018', 'Made: yesterday', ''] }), {
    headerRow: 4
  }),
  'lines above, with delimiters': around(
    () => ({ above: [`PREAMBLE${blank}`, `PREAMBLE${blank}`, `PREAMBLE${blank}`] }),
    { headerRow: 4 }
  ),
  'lines above, with delimiters, and an empty one': around(
    () => ({ above: [`PREAMBLE${blank}`, `PREAMBLE${blank}`, blank] }),
    { headerRow: 4 }
  ),
  'lines below': around(() => ({ below: ['FOOTNOTE', 'FOOTNOTE', 'FOOTNOTE'] }), { footerRows: 3 }),
  'lines below an empty one': around(() => ({ below: ['', 'Counted by hand', 'in two nights'] }), { footerRows: 2 }),
  'lines below, with delimiters': around(() => ({ below: [`FOOTNOTE${blank}`, `FOOTNOTE${blank}`] }), {
    footerRows: 2
  }),
  'lines below, with delimiters, and an empty one': around(() => ({ below: [blank, `FOOTNOTE${blank}`] }), {
    footerRows: 2
  }),
  'a total': around(() => ({ below: ['Total,,,1234.5,67,,,'] }), { footerRows: 1 }),
  'comment lines': around(() => ({ above: ['# exported, perhaps', '#'] }), { comment: '#', headerRow: 3 }),
  'names twice': headerRows(2),
  'names three times': headerRows(3),
  'two rows of names': ({ table, lines }) => {
    const groups = ['When', '', 'What', '', '', '', '', 'Flag']
    const filled = ['When', 'When', 'What', 'What', 'What', 'What', 'What', 'Flag']
    const header = table.header.map((name, i) => `${filled[i]!} ${name}`)
    return { header, text: joinLines([groups.join(','), ...lines], '\r\n'), dialect: { headerRows: 2 } }
  },
  'an empty name': renamed((header) => header.map((name, i) => (i === 2 ? '' : name)), [['EMPTY_NAME', 1, 3]]),
  'names with signs': renamed((header) => header.map((name, i) => (i === 2 ? 'HEAD/%R' : name))),
  'two equal names': renamed((header) => header.map((name, i) => (i < 2 ? 'SAME' : name)), [['DUPLICATE_NAME', 1, 2]]),
  'a very long name': renamed((header) => header.map((name, i) => (i === 3 ? 'HEADER'.repeat(20_000) : name))),
  'an empty row': oneRow(() => ({ line: '', row: null })),
  'a row with fields missing': oneRow((cells) => ({
    line: writeRow(cells.slice(0, 5), rfc4180),
    row: cells.slice(0, 5)
  })),
  'a row with fields too many': oneRow((cells) => {
    const row = [...cells, ...Array.from({ length: 7 }, () => cells.at(-1)!)]
    return { line: writeRow(row, rfc4180), row }
  }),
  'a row with another delimiter': oneRow((cells) => ({
    line: writeRow(cells, { ...rfc4180, delimiter: ';' }),
    row: cells
  })),
  'a row with another quote': oneRow((cells) => ({
    line: writeRow(cells, { ...rfc4180, quote: "'", escape: "'" }),
    row: cells
  })),
  'a row with backslashes': oneRow((cells) => ({
    line: writeRow(cells, { ...rfc4180, escape: '\\', quoteAll: true }),
    row: cells
  })),
  'a delimiter too many in a row': oneRow((cells, { random }) => {
    const at = random.integer(0, cells.length)
    const row = [...cells.slice(0, at), '', ...cells.slice(at)]
    return { line: writeRow(row, rfc4180), row }
  }),
  'a delimiter too few in a row': oneRow((cells, { random }) => {
    const at = random.pick([0, 1, 2, 3])
    const row = [...cells.slice(0, at), cells[at]! + cells[at + 1]!, ...cells.slice(at + 2)]
    return { line: writeRow(row, rfc4180), row }
  }),
  'a quote too many in a row': oneRow((cells, { random }) => {
    const at = random.integer(0, cells.length - 1)
    const parts = cells.map((cell) => writeRow([cell], rfc4180))
    parts[at] = parts[at]!.startsWith('"') ? `"${parts[at]!}` : `"${cells[at]!}`
    return { line: parts.join(','), row: cells.map((cell, i) => (i === at ? `"${cell}` : cell)) }
  }),
  'a second table, narrower': secondTable(5, true),
  'a second table, wider': secondTable(10, true),
  'a second table, as wide': secondTable(8, false),
  'dates in another form': (draft) => {
    const rows = draft.table.rows.map((row, i) =>
      i < draft.table.rows.length / 2 ? row : [row[0]!.split('/').reverse().join('-'), ...row.slice(1)]
    )
    return {
      rows,
      text: joinLines(
        [draft.table.header, ...rows].map((row) => writeRow(row, rfc4180)),
        '\r\n'
      )
    }
  }
}

/** Tables of a country: separators of digits, Latin letters, titles and footers together. */
const countries: [string, string, string, string][] = [
  ['decimal commas, points between thousands', ';', ',', '.'],
  ['decimal commas, blanks between thousands', ';', ',', ' '],
  ['decimal commas, narrow blanks between thousands', ';', ',', '\u00a0'],
  ['points, apostrophes between thousands', ';', '.', "'"],
  ['points, commas between thousands', '\t', '.', ',']
]

/** One file of a class, from its seed. */
export function polluteFile(kind: string, seed: number): CorpusFile {
  const random = new Random(seed)
  const table = makeGoods(random, random.integer(20, 99))
  const lines = [table.header, ...table.rows].map((row) => writeRow(row, rfc4180))
  const { text, bytes, ...truth } = pollutions[kind]!({ table, random, writing: rfc4180, lines })
  return {
    name: `${kind} (${seed})`,
    header: table.header,
    rows: table.rows,
    bytes: bytes ?? encode(text ?? '', 'utf-8'),
    ...truth
  }
}

export function countryFiles(seed: number): CorpusFile[] {
  return countries.map(([name, delimiter, decimal, thousands]) => {
    const random = new Random(seed)
    const table = makeMeasurements(random, 40, decimal, thousands)
    const lines = [table.header, ...table.rows].map((row) => writeRow(row, { ...rfc4180, delimiter }))
    const text = joinLines(['Feldbuch 2024', '', ...lines, '', 'Quelle: M\u00fcller'], '\r\n')
    const group = thousands === '\u00a0' ? ' ' : thousands
    const dialect = {
      delimiter,
      decimal,
      thousands: group,
      encoding: 'windows-1252',
      headerRow: 3,
      footerRows: 1
    } as Partial<Dialect>
    return {
      name: `${name} (${seed})`,
      header: table.header,
      rows: table.rows,
      bytes: encode(text, 'windows-1252'),
      dialect
    }
  })
}
