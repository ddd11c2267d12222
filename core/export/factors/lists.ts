import type { ExportTable } from '../../contract/analysis.ts'
import type { ExportChoices } from '../../contract/export.ts'
import type { ZipTools } from '../../formats/zip.ts'
import { writeZip } from '../../formats/zip.ts'
import type { KnownModel } from '../../analyses/factorization/recommending/known-model.ts'
import type { UserList } from '../../analyses/factorization/recommending/lists.ts'
import { writeCsv } from '../csv.ts'
import { tableSource } from '../source.ts'
import { numberEntry, textEntry } from '../model-file/npz.ts'

/** Rows of CSV that are put together at a time. */
const ROWS_A_PIECE = 20_000

type Names = Pick<KnownModel, 'users' | 'items'>

/** Lists as delimited text: a row for each user and place, of columns user, rank, item, score. */
export function* writeListsCsv(
  { users, items }: Names,
  lists: Iterable<UserList>,
  choices: ExportChoices
): Generator<string> {
  let rows = emptyRows()
  let first = true
  const write = (): Generator<string> => {
    const own = first ? choices : { ...choices, header: false, bom: false }
    first = false
    return writeCsv(tableSource(tableOf(rows)), own)
  }
  for (const { user, items: list, scores } of lists) {
    list.forEach((item, rank) => {
      rows.users.push(users[user]!)
      rows.ranks.push(rank + 1)
      rows.items.push(items[item]!)
      rows.scores.push(scores[rank]!)
    })
    if (rows.ranks.length < ROWS_A_PIECE) continue
    yield* write()
    rows = emptyRows()
  }
  if (first || rows.ranks.length > 0) yield* write()
}

interface Rows {
  users: string[]
  ranks: number[]
  items: string[]
  scores: number[]
}

const emptyRows = (): Rows => ({ users: [], ranks: [], items: [], scores: [] })

const tableOf = ({ users, ranks, items, scores }: Rows): ExportTable => ({
  name: 'recommendations',
  label: 'Recommendations',
  columns: [
    { name: 'user', values: users },
    { name: 'rank', values: ranks },
    { name: 'item', values: items },
    { name: 'score', values: scores }
  ]
})

/** Lists as JSON: an object for each user, with the items best first and their scores. */
export function* writeListsJson(
  { users, items }: Names,
  lists: Iterable<UserList>,
  about: Record<string, unknown>
): Generator<string> {
  yield `{${JSON.stringify(about).slice(1, -1)}, "recommendations": [`
  let first = true
  for (const { user, items: list, scores } of lists) {
    const words = { user: users[user]!, items: Array.from(list, (item) => items[item]!), scores: Array.from(scores) }
    yield `${first ? '' : ','}\n  ${JSON.stringify(words)}`
    first = false
  }
  yield '\n]}\n'
}

/** Lists as NumPy arrays: `users` and `items` are names, `list` has a row of item numbers for each user (from 0; −1 where the list
 * is shorter) and `scores` the scores (NaN there). Takes 12 bytes an entry of memory.
 * @param count of users @param n entries a list */
export function* writeListsNpz(
  { users, items }: Names,
  lists: Iterable<UserList>,
  [count, n]: readonly [number, number],
  tools: ZipTools
): Generator<Uint8Array> {
  const list = new Int32Array(count * n).fill(-1)
  const scores = new Float64Array(count * n).fill(NaN)
  const names: string[] = []
  for (const one of lists) {
    list.set(one.items, names.length * n)
    scores.set(one.scores, names.length * n)
    names.push(users[one.user]!)
  }
  yield* writeZip(
    [
      textEntry('users', names),
      textEntry('items', items),
      numberEntry('list', { dtype: 'int32', shape: [count, n], data: list }),
      numberEntry('scores', { dtype: 'float64', shape: [count, n], data: scores })
    ],
    tools
  )
}
