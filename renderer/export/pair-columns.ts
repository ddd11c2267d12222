import type { JsonValue } from '../../core/contract/analysis.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import { formatPlural } from '../ui/format.ts'

/** Which columns of a table most likely name the users and items of a model: those named as in its own table, else those the import
 * took for them, else the first two.
 * @param params of the model */
export function guessPairColumns(
  { columns, ratings }: Pick<DatasetInfo, 'columns' | 'ratings'>,
  params: Record<string, JsonValue>
): { user: string; item: string } {
  const names = columns.map(({ name }) => name)
  const known = ratings?.form === 'long' ? ratings : null
  const firstOf = (...wished: (JsonValue | undefined)[]): string | undefined =>
    names.find((name) => wished.includes(name))
  const user = firstOf(params['user']) ?? firstOf(known?.user) ?? names[0] ?? ''
  const item = firstOf(params['item']) ?? firstOf(known?.item) ?? names.find((name) => name !== user) ?? user
  return { user, item }
}

/** How many rows name somebody or something the model does not know, in a sentence. */
export function wordsOfUnknown({ users, items }: { users: number; items: number }): string {
  if (users === 0 && items === 0) return 'The model knows every user and item in it.'
  const rows = (count: number, whom: string): string =>
    `${formatPlural(count, 'row')} ${count === 1 ? 'names' : 'name'} ${whom} the model does not know`
  const parts = [...(users > 0 ? [rows(users, 'a user')] : []), ...(items > 0 ? [rows(items, 'an item')] : [])]
  return `${parts.join(', ')}. What is predicted of them comes from the rest. The last column says which.`
}
