import type { DatasetShape, FieldSpec } from '../../contract/analysis.ts'
import type { SvdParams } from './params.ts'
import { LANGUAGES } from './text/languages.ts'
import { stopWordsOf } from './text/stop-words.ts'

type Params = Record<string, unknown>
const isFrom =
  (...sources: SvdParams['source'][]) =>
  (params: Params): boolean =>
    sources.includes(params['source'] as SvdParams['source'])
const anyColumn = ['number', 'category', 'text', 'date', 'boolean'] as const

const SOURCE_HELP: Record<SvdParams['source'], string> = {
  columns: 'Each row of the table is a row of the matrix. Numbers are taken as they stand: nothing is centred.',
  triplets: 'Each row of the table is one entry; what is not named is 0, and repeated entries are added up.',
  text: 'Each cell is a document, each word a column: counts weighed by TF-IDF, rows of length 1.'
}
const SOLVER_HELP: Record<SvdParams['solver'], string> = {
  auto: 'Direct where the matrix is small, Krylov otherwise; both are exact to rounding.',
  direct: 'The whole decomposition, of which the first factors are kept.',
  krylov: 'A few products with blocks of vectors until the factors are exact to rounding.',
  randomized: 'Products with one random block: approximate where singular values hardly fall.'
}

/** At most min(rows, columns) factors exist; of text nobody knows beforehand. */
function mostFactors(params: Params, { nRows }: DatasetShape): number {
  if (!isFrom('columns')(params)) return 1000
  return Math.max(1, Math.min(1000, nRows, (params['columns'] as string[]).length))
}

export const svdFields: FieldSpec[] = [
  {
    key: 'source',
    label: 'Matrix from',
    control: {
      kind: 'choice',
      options: [
        { value: 'columns', label: 'Numeric columns' },
        { value: 'triplets', label: 'Row, column, value' },
        { value: 'text', label: 'A column of text' }
      ]
    },
    help: (params) => SOURCE_HELP[params['source'] as SvdParams['source']]
  },
  {
    key: 'columns',
    label: 'Columns',
    control: { kind: 'columns', accepts: ['number'] },
    visible: isFrom('columns'),
    help: () => 'Columns of the matrix, in their own units; large numbers lead.'
  },
  {
    key: 'row',
    label: 'Row',
    control: { kind: 'column', accepts: [...anyColumn], optional: false },
    visible: isFrom('triplets'),
    help: () => 'Names the row of each entry: a person, a document.'
  },
  {
    key: 'column',
    label: 'Column',
    control: { kind: 'column', accepts: [...anyColumn], optional: false },
    visible: isFrom('triplets'),
    help: () => 'Names the column of each entry: an item, a word.'
  },
  {
    key: 'value',
    label: 'Value',
    control: { kind: 'column', accepts: ['number'], optional: true },
    visible: isFrom('triplets'),
    help: () => 'The entry; without it each row counts 1.'
  },
  {
    key: 'text',
    label: 'Text',
    control: { kind: 'column', accepts: ['text', 'category'], optional: false },
    visible: isFrom('text'),
    help: () => 'One document a row.'
  },
  {
    key: 'language',
    label: 'Language',
    group: 'words',
    control: { kind: 'choice', options: LANGUAGES.map(({ value, label }) => ({ value, label })) },
    visible: isFrom('text'),
    help: () => 'By its rules words are told apart.'
  },
  {
    key: 'stopWords',
    label: 'Stop words',
    group: 'words',
    control: {
      kind: 'choice',
      options: [
        { value: 'list', label: 'Leave out' },
        { value: 'none', label: 'Keep' }
      ]
    },
    visible: isFrom('text'),
    help: (params) => {
      const { size } = stopWordsOf(params['language'] as string)
      return size > 0 ? `A list of ${size} function words.` : 'There is no list for this language.'
    }
  },
  {
    key: 'minDocuments',
    label: 'Least documents',
    group: 'limits',
    control: { kind: 'integer', min: 1, max: () => 1e6 },
    visible: isFrom('text'),
    help: () => 'Terms in fewer are left out.'
  },
  {
    key: 'maxShare',
    label: 'Largest share',
    group: 'limits',
    control: { kind: 'number', min: 0, max: 1, step: 0.05, exclusiveMin: true },
    visible: isFrom('text'),
    help: () => 'Terms in a larger share of the documents are left out.'
  },
  {
    key: 'nFactors',
    label: 'Factors',
    control: { kind: 'integer', min: 1, max: mostFactors },
    help: () => 'k: how many to keep; shares always refer to the whole matrix.'
  },
  {
    key: 'label',
    label: 'Names of the rows',
    control: { kind: 'column', accepts: [...anyColumn], optional: true },
    visible: isFrom('columns', 'text'),
    help: (params) =>
      isFrom('text')(params) ? 'Without it a document is called by its first words.' : 'Without it rows are numbered.'
  },
  {
    key: 'ngrams',
    label: 'Terms',
    section: 'more',
    control: {
      kind: 'choice',
      options: [
        { value: 'words', label: 'Words' },
        { value: 'pairs', label: 'Words and pairs' }
      ]
    },
    visible: isFrom('text'),
    help: () => 'Pairs are two words that follow each other once stop words are gone.'
  },
  {
    key: 'sublinear',
    label: 'Repeated words',
    section: 'more',
    control: { kind: 'toggle', text: 'Count 1 + ln(count)' },
    visible: isFrom('text'),
    help: () => 'A word ten times in a document then weighs 3.3 times as much as once, not ten times.'
  },
  {
    key: 'weighting',
    label: 'Weight of a term',
    section: 'more',
    control: { kind: 'fixed', text: 'count × (ln((1 + n)/(1 + df)) + 1), rows of length 1' },
    visible: isFrom('text'),
    help: () => 'TF-IDF as in scikit-learn: n documents, of which df hold the term.'
  },
  {
    key: 'solver',
    label: 'Solver',
    section: 'more',
    control: {
      kind: 'choice',
      options: [
        { value: 'auto', label: 'Automatic' },
        { value: 'direct', label: 'Direct' },
        { value: 'krylov', label: 'Krylov' },
        { value: 'randomized', label: 'Randomized' }
      ]
    },
    help: (params) => SOLVER_HELP[params['solver'] as SvdParams['solver']]
  },
  {
    key: 'seed',
    label: 'Seed',
    section: 'more',
    control: { kind: 'integer', min: 0, max: () => 4294967295 },
    help: () => 'The same seed gives the same numbers.'
  }
]
