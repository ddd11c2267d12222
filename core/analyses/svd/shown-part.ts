import { imageShapeOf } from '../../contract/image.ts'
import type { SvdSource } from './sources/source.ts'

/** Rows and columns that are kept to be looked at, of a matrix and of a picture. */
const MOST_SHOWN = 256
const MOST_PIXELS = 400

/** The part of A that is looked at beside its approximations: all of a small one; of columns of numbers evenly chosen rows and
 * columns; of a picture the same of its pixels both ways and in all channels, so that it stays one; of a sparse one those with most
 * entries, in their order.
 * @returns positions, ascending, and the entries, row-major */
export function shownPart({ matrix, columnNames }: Pick<SvdSource, 'matrix' | 'columnNames'>): {
  rows: Int32Array
  columns: Int32Array
  cells: Float64Array
} {
  if (matrix.kind === 'dense') {
    const { rows: n, columns: p, data } = matrix.a
    const picture = imageShapeOf(columnNames)
    const { rows, columns } = picture ? pixels(n, picture) : { rows: evenly(n), columns: evenly(p) }
    const cells = new Float64Array(rows.length * columns.length)
    rows.forEach((i, row) => {
      columns.forEach((j, column) => (cells[row * columns.length + column] = data[i * p + j]!))
    })
    return { rows, columns, cells }
  }
  const { rows: n, columns: p, rowStarts, columnIndexes, values } = matrix.a
  const inColumns = new Int32Array(p)
  for (const column of columnIndexes) inColumns[column]!++
  const rows = fullest(Int32Array.from({ length: n }, (_, i) => rowStarts[i + 1]! - rowStarts[i]!))
  const columns = fullest(inColumns)
  const placeOf = new Int32Array(p).fill(-1)
  columns.forEach((j, place) => (placeOf[j] = place))
  const cells = new Float64Array(rows.length * columns.length)
  rows.forEach((i, row) => {
    for (let e = rowStarts[i]!; e < rowStarts[i + 1]!; e++) {
      const place = placeOf[columnIndexes[e]!]!
      if (place >= 0) cells[row * columns.length + place] = values[e]!
    }
  })
  return { rows, columns, cells }
}

const evenly = (total: number): Int32Array => {
  const count = Math.min(total, MOST_SHOWN)
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * total) / count))
}

/** Every so many pixels, the same both ways. */
function pixels(
  height: number,
  { width, channels }: { width: number; channels: number }
): {
  rows: Int32Array
  columns: Int32Array
} {
  const step = Math.ceil(Math.max(width, height) / MOST_PIXELS)
  const across = Math.ceil(width / step)
  return {
    rows: Int32Array.from({ length: Math.ceil(height / step) }, (_, i) => i * step),
    columns: Int32Array.from(
      { length: across * channels },
      (_, j) => Math.floor(j / across) * width + (j % across) * step
    )
  }
}

function fullest(counts: Int32Array): Int32Array {
  if (counts.length <= MOST_SHOWN) return evenly(counts.length)
  const order = Int32Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b)
  return order.slice(0, MOST_SHOWN).sort()
}
