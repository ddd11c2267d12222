import type { DatasetShape } from '../../contract/analysis.ts'
import { imageShapeOf } from '../../contract/image.ts'
import { roleOf } from '../../contract/preparation.ts'
import type { RatingsShape } from '../../contract/table.ts'
import { measuredColumns } from '../pca/spec.ts'

export interface GuessedSource {
  source: 'columns' | 'triplets' | 'text'
  row: string | null
  column: string | null
  value: string | null
  text: string | null
}

/** Texts whose most frequent value is this long, or that have no frequent ones, are sentences and not names. */
const SENTENCE = 24

const isPicture = ({ columns }: DatasetShape): boolean => imageShapeOf(columns.map(({ name }) => name)) !== null

/** Numeric columns of a dataset that are measurements; of a picture every column of pixels. */
export const usualColumns = (dataset: DatasetShape): string[] =>
  isPicture(dataset) ? dataset.columns.map(({ name }) => name) : measuredColumns(dataset)

/** The column of sentences: the text column whose values are longest; null where texts are only names. */
function sentenceColumn({ columns }: DatasetShape): string | null {
  let longest: { name: string; length: number } | null = null
  for (const { name, type, topValues } of columns) {
    if (type !== 'text' && type !== 'category') continue
    const lengths = (topValues ?? []).map(({ value }) => value.length)
    const length = lengths.length === 0 ? 0 : lengths.reduce((sum, of) => sum + of, 0) / lengths.length
    if (length >= SENTENCE && length > (longest?.length ?? 0)) longest = { name, length }
  }
  return longest?.name ?? null
}

/** What a table is most likely decomposed as: ratings in rows as entries, a column of sentences as text, else its numbers. */
export function guessSource(dataset: DatasetShape): GuessedSource {
  const { columns, ratings } = dataset
  const text = sentenceColumn(dataset)
  const plain = columns.filter((c) => roleOf(dataset, c.name) !== 'ignore')
  const firstText = plain.find((c) => c.type === 'text') ?? plain.find((c) => c.type === 'category')
  const long =
    ratings?.form === 'long'
      ? { row: ratings.user, column: ratings.item, value: ratings.rating ?? amountOf(dataset, ratings) }
      : threeColumns(dataset)
  const numbers = usualColumns(dataset)
  const source = ratings?.form === 'long' ? 'triplets' : text !== null || numbers.length === 0 ? 'text' : 'columns'
  return { source, ...long, text: text ?? firstText?.name ?? null }
}

/** How often or how much, of a table of who took what: the first column of numbers that is neither of the two, nor a time. */
function amountOf(
  dataset: DatasetShape,
  { user, item, timestamp }: Extract<RatingsShape, { form: 'long' }>
): string | null {
  const taken = [user, item, timestamp]
  const isAmount = ({ name, type }: DatasetShape['columns'][number]): boolean =>
    type === 'number' && !taken.includes(name) && roleOf(dataset, name) !== 'ignore'
  return dataset.columns.find(isAmount)?.name ?? null
}

/** The first two columns that name things, and the first number after them. */
function threeColumns({ columns }: DatasetShape): Pick<GuessedSource, 'row' | 'column' | 'value'> {
  const names = columns.filter((c) => c.type !== 'number').map((c) => c.name)
  const numbers = columns.filter((c) => c.type === 'number').map((c) => c.name)
  const [row = null, column = null] = names.length >= 2 ? names : columns.map((c) => c.name)
  const value = numbers.find((name) => name !== row && name !== column) ?? null
  return { row, column, value }
}
