import { formatFactor } from '../math/math-words.ts'
import { formatCount, formatSignificant } from '../../ui/format.ts'
import type { ShownPart } from './shown-part.svelte.ts'

/** Terms of a sum that are written; the rest is put together. */
const WRITTEN = 6

/** The entry that is written out: of the row and column picked out on the map where they are shown, else the largest.
 * @param selected points of the map, rows first @param nRows of the matrix */
export function entryPlace(
  { rows, columns, cells }: ShownPart,
  selected: readonly number[],
  nRows: number
): { row: number; column: number } {
  const width = columns.length
  const place = (positions: ArrayLike<number>, offset: number): number =>
    Array.from(positions).findIndex((position) => selected.includes(position + offset))
  const [row, column] = [place(rows, 0), place(columns, nRows)]
  let best = -1
  for (let at = 0; at < cells.length; at++) {
    const i = Math.floor(at / width)
    if ((row >= 0 && i !== row) || (column >= 0 && at - i * width !== column)) continue
    if (best < 0 || Math.abs(cells[at]!) > Math.abs(cells[best]!)) best = at
  }
  return { row: Math.floor(best / width), column: best % width }
}

/** σₖ·uᵢₖ·vⱼₖ for each factor. */
export function entryTerms(
  { left, right }: ShownPart,
  singularValues: readonly number[],
  { row, column }: { row: number; column: number }
): number[] {
  const K = singularValues.length
  return singularValues.map((sigma, k) => sigma * left[row * K + k]! * right[column * K + k]!)
}

/** "0.412 + 0.083 − 0.020 … 4 more: 0.012" */
export function writeSum(terms: readonly number[]): string {
  const signed = (value: number, at: number): string =>
    at === 0 ? formatFactor(value) : `${value < 0 ? '−' : '+'} ${formatFactor(Math.abs(value))}`
  const written = terms.slice(0, WRITTEN).map(signed)
  const others = terms.slice(WRITTEN)
  const rest = others.reduce((sum, term) => sum + term, 0)
  return [...written, ...(others.length > 0 ? [`${signed(rest, 1)} (${others.length} more)`] : [])].join(' ')
}

/** "telescope: ln(61 / 8) + 1 = 3.031, as 7 of 60 documents have it" */
export function weightOfTerm(term: string, nDocuments: number, count: number): string {
  const idf = Math.log((1 + nDocuments) / (1 + count)) + 1
  const [n, df] = [formatCount(1 + nDocuments), formatCount(1 + count)]
  return `${term}: ln(${n} / ${df}) + 1 = ${formatSignificant(idf, 4)}, as ${formatCount(count)} of ${formatCount(nDocuments)} documents have it`
}
