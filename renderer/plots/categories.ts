import type { ColumnData } from '../../core/contract/table.ts'
import type { HexColour } from './theme.ts'

/** Marks in the order of the categories; each is told apart without its colour. Names are Plotly's. */
export const categorySymbols = ['circle', 'triangle-up', 'square', 'diamond', 'x', 'triangle-down', 'cross'] as const
export type MarkSymbol = (typeof categorySymbols)[number] | 'circle-open' | 'diamond-open'

export const MAX_CATEGORIES = categorySymbols.length

/** Index into PlotTheme.categories: 0 … 6, and 7 for grey. */
export const OTHER_COLOUR = 7

export interface Category {
  name: string
  /** index into theme.categories, or what a person chose */
  colour: number | HexColour
  symbol: MarkSymbol
}

/** How the rows of a dataset are coloured: by a few categories, or by a number. */
export type Colouring =
  | { kind: 'none' }
  | {
      kind: 'categories'
      column: string
      categories: Category[]
      /** index into categories, by dataset row */ of: Int32Array
    }
  | { kind: 'number'; column: string; values: Float64Array; low: number; high: number }

/** Gives each value of a column a colour and a shape that depend on the whole column only, so that a category looks the
 * same in every view. In data order; where there are more than seven, the seven most frequent, the rest as "other".
 * Missing cells are their own group, at the end.
 * @param inOrder values come in the order of their dictionary instead: numbered groups */
export function colourBy(column: ColumnData, inOrder = false): Colouring {
  if (column.kind === 'number') {
    let low = Infinity
    let high = -Infinity
    for (const value of column.values) {
      if (value < low) low = value
      if (value > high) high = value
    }
    if (!(low <= high)) return { kind: 'none' }
    return { kind: 'number', column: column.name, values: column.values, low, high }
  }
  const names: string[] = []
  const of = new Int32Array(column.kind === 'codes' ? column.codes.length : column.values.length).fill(-1)
  const numberOf = new Map<string, number>()
  const counts: number[] = []
  if (inOrder && column.kind === 'codes') {
    column.dictionary.forEach((word, number) => {
      names.push(word)
      numberOf.set(word, number)
      counts.push(0)
    })
  }
  for (let row = 0; row < of.length; row++) {
    const value = column.kind === 'codes' ? (column.dictionary[column.codes[row]!] ?? null) : column.values[row]!
    if (value === null || value === undefined) continue
    let number = numberOf.get(value)
    if (number === undefined) {
      number = names.push(value) - 1
      numberOf.set(value, number)
      counts.push(0)
    }
    counts[number]!++
    of[row] = number
  }
  const order = names.map((_, i) => i)
  const kept =
    names.length <= MAX_CATEGORIES
      ? order
      : [...order]
          .sort((a, b) => counts[b]! - counts[a]! || a - b)
          .slice(0, MAX_CATEGORIES)
          .sort((a, b) => a - b)
  const categories: Category[] = kept.map((number, i) => ({
    name: names[number]!,
    colour: i,
    symbol: categorySymbols[i]!
  }))
  const place = new Map(kept.map((number, i) => [number, i]))
  let other = -1
  let missing = -1
  if (names.length > kept.length) {
    other = categories.push({ name: 'other', colour: OTHER_COLOUR, symbol: 'circle-open' }) - 1
  }
  if (of.includes(-1)) {
    missing = categories.push({ name: 'missing', colour: OTHER_COLOUR, symbol: 'diamond-open' }) - 1
  }
  for (let row = 0; row < of.length; row++) of[row] = of[row] === -1 ? missing : (place.get(of[row]!) ?? other)
  return { kind: 'categories', column: column.name, categories, of }
}

/** The same colouring with the colours a person chose for values of its column; "other" and "missing" stay grey. */
export function recolour(colouring: Colouring, chosen: Readonly<Record<string, Record<string, HexColour>>>): Colouring {
  const own = colouring.kind === 'categories' ? chosen[colouring.column] : undefined
  if (colouring.kind !== 'categories' || !own) return colouring
  const categories = colouring.categories.map((category) => {
    const colour = category.colour === OTHER_COLOUR ? undefined : own[category.name]
    return colour ? { ...category, colour } : category
  })
  return { ...colouring, categories }
}
