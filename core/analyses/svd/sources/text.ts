import { EigendeskError } from '../../../contract/errors.ts'
import type { TableView } from '../../../contract/table.ts'
import type { Watch } from '../../../linalg/watch.ts'
import { counted } from '../../../stats/counted.ts'
import { makePace } from '../../../linalg/pace.ts'
import { findColumn } from '../../../table/named-rows.ts'
import type { SvdParams } from '../params.ts'
import { stopWordsOf } from '../text/stop-words.ts'
import { TermCounter } from '../text/tfidf.ts'
import { withPairs, wordReader } from '../text/words-of.ts'
import { nameRows, textAt } from './row-names.ts'
import { MOST_LISTED, type SvdSource } from './source.ts'

/** Multiplications as slow as telling one character's place in its word. */
const SEGMENT_WORK = 30
/** A document without a name is called by its beginning. */
const NAME_LENGTH = 40

/** A column of text as documents × terms, weighed by TF-IDF. A missing cell is no document; one without a word that is left is a
 * row of zeros.
 * @throws COLUMN_UNKNOWN | INVALID_PARAMETER where no column is chosen | NO_TERMS naming the first line and the column */
export function readText(table: TableView, params: SvdParams, watch: Watch): SvdSource {
  if (params.text === null) {
    throw new EigendeskError('INVALID_PARAMETER', { field: 'Text', reason: 'no column is chosen', limit: 'a column' })
  }
  const column = findColumn(table, params.text)
  const pace = makePace(watch.checkpoint)
  const wordsOf = wordReader(params.language)
  const stops: ReadonlySet<string> = params.stopWords === 'list' ? stopWordsOf(params.language) : new Set()
  const counter = new TermCounter()
  const used: number[] = []
  const dropped: SvdSource['dropped'] = []
  let [nWords, nStops, lost] = [0, 0, 0]
  for (let row = 0; row < table.nRows; row++) {
    const text = textAt(column, row)
    if (text === null) {
      if (lost++ < MOST_LISTED) dropped.push({ row, line: table.lines[row]!, columns: [params.text] })
      continue
    }
    pace(SEGMENT_WORK * text.length + 1000)
    const words = wordsOf(text)
    const telling = words.filter((word) => !stops.has(word))
    nWords += words.length
    nStops += words.length - telling.length
    counter.add(params.ngrams === 'pairs' ? withPairs(telling) : telling)
    used.push(row)
  }
  const { matrix, terms, documentCounts, rare, frequent } = counter.weigh(params, watch)
  if (terms.length === 0) {
    const line = table.lines[0]
    const place = { file: table.fileName, field: params.text, ...(line !== undefined && { line }) }
    throw new EigendeskError('NO_TERMS', { ...place, reason: whyNone(nWords, nStops, rare, frequent) })
  }
  const rowsUsed = Int32Array.from(used)
  const empty = used.flatMap((row, i) => (matrix.rowStarts[i] === matrix.rowStarts[i + 1] ? [row] : []))
  return {
    matrix: { kind: 'sparse', a: matrix },
    rowNames: nameRows(table, rowsUsed, params.label, (row) => beginning(textAt(column, row)!, row)),
    columnNames: terms,
    rowsUsed,
    documentCounts,
    dropped,
    duplicates: 0,
    emptyDocuments: empty.slice(0, MOST_LISTED).map((row) => ({ row, line: table.lines[row]! })),
    text: { nWords, stopWordsLeftOut: nStops, rareTerms: rare, frequentTerms: frequent },
    notes: [
      ...(lost > 0 ? [`${counted(lost, 'row')} without a text ${lost === 1 ? 'was' : 'were'} left out.`] : []),
      ...(empty.length > 0
        ? [`${counted(empty.length, 'document')} without a term ${empty.length === 1 ? 'lies' : 'lie'} at the origin.`]
        : []),
      ...(params.stopWords === 'list' && stops.size === 0 ? ['There is no list of stop words for this language.'] : [])
    ]
  }
}

function whyNone(nWords: number, nStops: number, rare: number, frequent: number): string {
  if (nWords === 0) return 'its cells hold no word'
  if (nStops === nWords) return 'every word is a stop word'
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
