import { EigendeskError } from '../../../contract/errors.ts'
import type { ColumnData, TableView } from '../../../contract/table.ts'
import type { Watch } from '../../../linalg/watch.ts'
import { counted } from '../../../stats/counted.ts'
import { makePace } from '../../../linalg/pace.ts'
import { findColumn } from '../../../table/named-rows.ts'
import type { SvdParams } from '../params.ts'
import { LANGUAGES } from '../text/languages.ts'
import { stopWordsLeftOut, stopWordsOf } from '../text/stop-words.ts'
import { supposeLanguage } from '../text/suppose-language.ts'
import { termReader } from '../text/terms-of.ts'
import { inverseFrequencies, TermCounter, weighTerms, type TermCounts } from '../text/tfidf.ts'
import { nameRows, textAt } from './row-names.ts'
import { MOST_LISTED, type SvdSource } from './source.ts'

/** Multiplications as slow as telling one character's place in its word. */
const SEGMENT_WORK = 30
const PROGRESS_ROWS = 1024
/** A document without a name is called by its beginning. */
const NAME_LENGTH = 40

/** A column of text, counted: what readText weighs. */
export interface CountedText extends TermCounts {
  column: ColumnData
  /** row of the table each document is, in order */
  used: number[]
  dropped: SvdSource['dropped']
  /** missing cells */
  lost: number
  nWords: number
  nStopWords: number
}

/** How often each term occurs in each document. A missing cell is no document.
 * @param stopWords are left out
 * @throws COLUMN_UNKNOWN | INVALID_PARAMETER where no column is chosen | NO_TERMS naming the first line and the column */
export function countText(
  table: TableView,
  params: SvdParams,
  watch: Watch,
  stopWords = stopWordsLeftOut(params)
): CountedText {
  if (params.text === null) {
    throw new EigendeskError('INVALID_PARAMETER', { field: 'Text', reason: 'no column is chosen', limit: 'a column' })
  }
  const column = findColumn(table, params.text)
  const pace = makePace(watch.checkpoint)
  const termsOf = termReader({ ...params, stopWords })
  const counter = new TermCounter()
  const used: number[] = []
  const dropped: SvdSource['dropped'] = []
  let [nWords, nStopWords, lost] = [0, 0, 0]
  for (let row = 0; row < table.nRows; row++) {
    const text = textAt(column, row)
    if (text === null) {
      if (lost++ < MOST_LISTED) dropped.push({ row, line: table.lines[row]!, columns: [params.text] })
      continue
    }
    pace(SEGMENT_WORK * text.length + 1000)
    if (row % PROGRESS_ROWS === 0) watch.progress(row / table.nRows)
    const found = termsOf(text)
    nWords += found.nWords
    nStopWords += found.nStopWords
    counter.add(found.terms)
    used.push(row)
  }
  const selected = counter.select(params, watch)
  if (selected.terms.length === 0) {
    const line = table.lines[0]
    const place = { file: table.fileName, field: params.text, ...(line !== undefined && { line }) }
    throw new EigendeskError('NO_TERMS', { ...place, reason: whyNone(nWords, nStopWords, selected) })
  }
  return { ...selected, column, used, dropped, lost, nWords, nStopWords }
}

/** A column of text as documents × terms, weighed by TF-IDF. A document without a term that is left is a row of zeros.
 * @throws what countText throws */
export function readText(table: TableView, params: SvdParams, watch: Watch): SvdSource {
  const found = countText(table, params, watch)
  const { counts, terms, documentCounts, used, dropped } = found
  const matrix = weighTerms(counts, inverseFrequencies(documentCounts, counts.rows), params.sublinear, watch)
  const empty = emptyDocuments(found)
  return {
    matrix: { kind: 'sparse', a: matrix },
    rowNames: nameDocuments(table, params, found),
    columnNames: terms,
    rowsUsed: Int32Array.from(used),
    documentCounts,
    dropped,
    duplicates: 0,
    emptyDocuments: empty.slice(0, MOST_LISTED).map((row) => ({ row, line: table.lines[row]! })),
    text: {
      nWords: found.nWords,
      stopWordsLeftOut: found.nStopWords,
      rareTerms: found.rare,
      frequentTerms: found.frequent
    },
    notes: [
      ...remarkOnTexts(found),
      ...remarkOnLanguage(found, params.language),
      ...(params.stopWords === 'list' && stopWordsOf(params.language).size === 0
        ? ['There is no list of stop words for this language.']
        : [])
    ]
  }
}

/** Rows of the table whose document has no term. */
const emptyDocuments = ({ used, counts: { rowStarts } }: CountedText): number[] =>
  used.filter((_, i) => rowStarts[i] === rowStarts[i + 1])

/** What is said of texts that are missing or empty. */
export function remarkOnTexts(found: CountedText): string[] {
  const { lost } = found
  const empty = emptyDocuments(found).length
  return [
    ...(lost > 0 ? [`${counted(lost, 'row')} without a text ${lost === 1 ? 'was' : 'were'} left out.`] : []),
    ...(empty > 0
      ? [`${counted(empty, 'document')} without a term ${empty === 1 ? 'lies' : 'lie'} at the origin.`]
      : [])
  ]
}

/** Documents that are looked at to tell their language. */
const TOLD_BY = 200

function remarkOnLanguage({ column, used }: CountedText, chosen: SvdParams['language']): string[] {
  const some = Array.from({ length: Math.min(TOLD_BY, used.length) }, (_, i) => {
    return textAt(column, used[Math.floor((i * used.length) / Math.min(TOLD_BY, used.length))]!)!.slice(0, 1000)
  })
  const likely = supposeLanguage(some, chosen)
  if (likely === null) return []
  const nameOf = (code: string): string => LANGUAGES.find(({ value }) => value === code)?.label ?? code
  return [
    `These texts look like ${nameOf(likely)}: ${nameOf(chosen)} is the language by which words and stop words were told.`
  ]
}

/** The cell of the column that names a document, else its first words. */
export const nameDocuments = (
  table: TableView,
  { label }: Pick<SvdParams, 'label'>,
  { column, used }: Pick<CountedText, 'column' | 'used'>
): string[] => nameRows(table, Int32Array.from(used), label, (row) => beginning(textAt(column, row)!, row))

function whyNone(nWords: number, nStopWords: number, { rare, frequent }: TermCounts): string {
  if (nWords === 0) return 'its cells hold no word'
  if (nStopWords === nWords) return 'every word is a stop word'
  return `${counted(rare, 'term')} occur in too few documents, ${frequent} in too many`
}

/** "The telescope found a faint galaxy…" */
function beginning(text: string, row: number): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  if (line === '') return `row ${row + 1}`
  if (line.length <= NAME_LENGTH) return line
  const cut = line.slice(0, NAME_LENGTH)
  const space = cut.lastIndexOf(' ')
  return `${space > NAME_LENGTH / 2 ? cut.slice(0, space) : cut}…`
}
