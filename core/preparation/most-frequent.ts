import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import type { ColumnData } from '../contract/table.ts'

/** The value most cells of a column have. */
export interface MostFrequent {
  /** as a person reads it */
  text: string
  /** another value that as many cells have and that comes later in order; null where there is none */
  equal: string | null
  /** the same column with this value in every missing cell; the one given is not modified */
  filled: ColumnData
}

/** The value that most cells have: of several as frequent the smallest number, or the first text by code points. That is
 * scikit-learn's SimpleImputer(strategy='most_frequent'). null where every cell is missing. */
export function fillMostFrequent(data: ColumnData, watch: Watch): MostFrequent | null {
  if (data.kind === 'number') {
    const found = chooseMost(
      countEach(data.values, (value) => (Number.isNaN(value) ? null : value), watch),
      isLess
    )
    if (!found) return null
    const values = data.values.slice()
    eachMissing(values.length, watch, (row) => Number.isNaN(values[row]) && (values[row] = found.value))
    return { ...inWords(found), filled: { ...data, values } }
  }
  if (data.kind === 'text') {
    const found = chooseMost(
      countEach(data.values, (value) => value, watch),
      comesBefore
    )
    if (!found) return null
    const values = data.values.slice()
    eachMissing(values.length, watch, (row) => (values[row] ??= found.value))
    return { ...inWords(found), filled: { ...data, values } }
  }
  const { dictionary } = data
  const counts = countEach(data.codes, (code) => (code < 0 ? null : code), watch)
  const found = chooseMost(counts, (a, b) => comesBefore(dictionary[a]!, dictionary[b]!))
  if (!found) return null
  const codes = data.codes.slice()
  eachMissing(codes.length, watch, (row) => codes[row]! < 0 && (codes[row] = found.value))
  const wordOf = (code: number): string => dictionary[code]!
  return { ...inWords(found, wordOf), filled: { ...data, codes } }
}

interface Found<T> {
  value: T
  equal: T | null
}

const inWords = <T>({ value, equal }: Found<T>, wordOf: (value: T) => string = String) => ({
  text: wordOf(value),
  equal: equal === null ? null : wordOf(equal)
})

function countEach<G, T>(cells: ArrayLike<G>, valueOf: (cell: G) => T | null, watch: Watch): Map<T, number> {
  const counts = new Map<T, number>()
  inPieces(cells.length, 4, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      const value = valueOf(cells[row]!)
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  })
  return counts
}

function chooseMost<T>(counts: ReadonlyMap<T, number>, isBefore: (a: T, b: T) => boolean): Found<T> | null {
  let best: Found<T> | null = null
  let most = 0
  for (const [value, count] of counts) {
    if (count > most) best = { value, equal: null }
    else if (best && count === most) {
      best = isBefore(value, best.value)
        ? { value, equal: best.value }
        : { value: best.value, equal: best.equal === null || isBefore(value, best.equal) ? value : best.equal }
    }
    most = Math.max(most, count)
  }
  return best
}

function eachMissing(nRows: number, watch: Watch, fill: (row: number) => unknown): void {
  inPieces(nRows, 1, watch, (from, to) => {
    for (let row = from; row < to; row++) fill(row)
  })
}

const isLess = (a: number, b: number): boolean => a < b

/** By code points, as Python compares: UTF-16 alone puts an emoji before a private-use character. */
function comesBefore(a: string, b: string): boolean {
  for (let at = 0; at < a.length && at < b.length;) {
    const [left, right] = [a.codePointAt(at)!, b.codePointAt(at)!]
    if (left !== right) return left < right
    at += left > 0xffff ? 2 : 1
  }
  return a.length < b.length
}
