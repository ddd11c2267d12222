import type { ColumnChunk } from '../../table/chunks.ts'
import type { KnownModel } from '../../analyses/factorization/recommending/known-model.ts'
import type { ExportSource } from '../source.ts'

/** How many rows name somebody or something a model does not know, and are predicted by what is left. */
export interface UnknownRows {
  users: number
  items: number
}

const KNOWN = ['user and item', 'item only', 'user only', 'neither'] as const

/** A table of pairs with columns more: what the model predicts of each row, never clipped; of ratings also that within their
 * range; and which of the pair it knows. Who it does not know is predicted by the rest: the mean and the item's bias.
 * @param counts of rows that are not known, filled in as they are written
 * @returns a source with the columns of `pairs` and these behind them; a cell without user or item is predicted as unknown */
export function predictPairs(
  pairs: ExportSource,
  { scorer, clip, users, items }: KnownModel,
  { user, item }: { user: string; item: string },
  counts: UnknownRows
): ExportSource {
  const at = (name: string): number => pairs.columns.findIndex((column) => column.name === name)
  const sides = [
    { column: at(user), places: placesOf(users) },
    { column: at(item), places: placesOf(items) }
  ] as const
  const added = ['predicted', ...(clip ? ['predicted, within the range'] : []), 'known']
  const counted = new Set<number>()
  let last: { chunk: number; pairs: [Int32Array, Int32Array] } | undefined

  const placesIn = (chunk: number): [Int32Array, Int32Array] => {
    if (last?.chunk === chunk) return last.pairs
    const [us, is] = sides.map(({ column, places }) => {
      const texts = textsOf(pairs.chunk(column, chunk), pairs.columns[column]!.dictionary)
      return Int32Array.from(texts, (text) => (text === null ? -1 : (places.get(text) ?? -1)))
    })
    last = { chunk, pairs: [us!, is!] }
    if (!counted.has(chunk)) {
      counted.add(chunk)
      counts.users += us!.reduce((sum, place) => sum + Number(place < 0), 0)
      counts.items += is!.reduce((sum, place) => sum + Number(place < 0), 0)
    }
    return last.pairs
  }

  return {
    ...pairs,
    columns: [
      ...pairs.columns,
      ...added.map((name) =>
        name === 'known'
          ? { name: freeName(pairs, name), type: 'category' as const, dictionary: KNOWN }
          : { name: freeName(pairs, name), type: 'number' as const, dictionary: null }
      )
    ],
    chunk: (column, chunk) => {
      if (column < pairs.columns.length) return pairs.chunk(column, chunk)
      const [us, is] = placesIn(chunk)
      const name = added[column - pairs.columns.length]!
      if (name === 'known') {
        return { kind: 'codes', codes: us.map((place, row) => Number(place < 0) + 2 * Number(is[row]! < 0)) }
      }
      const [low, high] = name === 'predicted' || clip === null ? [-Infinity, Infinity] : clip
      const values = Float64Array.from(us, (place, row) =>
        Math.min(high, Math.max(low, scorer.predict(place, is[row]!)))
      )
      return { kind: 'number', values }
    }
  }
}

const placesOf = (names: readonly string[]): Map<string, number> => new Map(names.map((name, place) => [name, place]))

/** As the ratings were read: the number 196 is "196". */
function textsOf(chunk: ColumnChunk, dictionary: readonly string[] | null): (string | null)[] {
  if (chunk.kind === 'text') return chunk.values
  if (chunk.kind === 'codes') return Array.from(chunk.codes, (code) => dictionary?.[code] ?? null)
  return Array.from(chunk.values, (value) => (Number.isNaN(value) ? null : String(value)))
}

function freeName({ columns }: ExportSource, name: string): string {
  let free = name
  for (let n = 2; columns.some((column) => column.name === free); n++) free = `${name} ${n}`
  return free
}
