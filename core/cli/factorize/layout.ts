import { wideLayout } from '../../analyses/factorization/layout.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { DatasetInfo } from '../../contract/session.ts'
import { listNames } from '../../stats/list-names.ts'
import { given } from '../arguments.ts'
import { existing } from '../pca.ts'

export const layoutOptions = {
  user: { type: 'string' },
  item: { type: 'string' },
  rating: { type: 'string' },
  time: { type: 'string' },
  wide: { type: 'boolean' }
} as const

export interface LayoutValues {
  user?: string | undefined
  item?: string | undefined
  rating?: string | undefined
  time?: string | undefined
  wide?: boolean | undefined
}

/** Which columns are user, item, rating and time: named, numbered from 1, or as recognized.
 * @throws COLUMN_UNKNOWN | RATINGS_COLUMNS | USAGE */
export function readLayout(dataset: DatasetInfo, values: LayoutValues): Record<string, unknown> {
  const named = (word: string | undefined): string | undefined =>
    word === undefined ? undefined : column(dataset, word)
  const user = named(values.user)
  if (values.wide) {
    if (values.item !== undefined || values.rating !== undefined || values.time !== undefined) {
      throw new EigendeskError('USAGE', { reason: '--wide takes --user alone: every other numeric column is an item.' })
    }
    return given({ ...wideLayout(dataset, user) })
  }
  const [item, rating, time] = [named(values.item), named(values.rating), named(values.time)]
  if (user !== undefined || item !== undefined || rating !== undefined) {
    return given({ layout: 'long', user, item, rating, time })
  }
  if (dataset.ratings === null) {
    throw new EigendeskError('RATINGS_COLUMNS', {
      reason: 'use --user, --item and --rating, or --wide',
      limit: dataset.columns.map((c) => c.name).join(', ')
    })
  }
  return given({ time })
}

/** With --wide the items are chosen for the person: a column that is none, for a word among its ratings perhaps, is said. */
export function sayWhatIsNoItem(
  dataset: DatasetInfo,
  asked: Record<string, unknown>,
  say: (words: string) => void
): void {
  const taken = new Set([asked['user'], ...(asked['items'] as string[])])
  const others = dataset.columns.map(({ name }) => name).filter((name) => !taken.has(name))
  if (others.length > 0) say(`Not taken as items, as they are no ratings: ${listNames(others)}.`)
}

/** A column by its name, or by its number where no column has that name: files without a header. */
function column(dataset: DatasetInfo, word: string): string {
  if (dataset.columns.some((c) => c.name === word)) return word
  const byNumber = /^\d+$/.test(word) ? dataset.columns[Number(word) - 1] : undefined
  return byNumber?.name ?? existing(dataset, word)
}
