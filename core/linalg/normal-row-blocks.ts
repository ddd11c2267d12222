import { kernels } from './kernels/kernels.ts'
import { solveNormalRows, type NormalRows } from './normal-rows.ts'
import { multiplyPairs } from './pair-products.ts'
import { blockOf, multiplyInto, panelOf } from './panel.ts'
import { inPieces, takeIn, zeros } from './passes.ts'
import { partOf, quiet, type Watch } from './watch.ts'

/** Lowers ½·pᵀ·Aᵣ·p − bᵣᵀ·p of each row from where it is, `block` coordinates at a time, each block solved exactly with the others
 * held fixed: it never rises, and is at its least where nothing moves any more, which with all coordinates in one block is after
 * one pass.
 * @param rows what is solved for, as in solveNormalRows; without noise and rights
 * @param own nRows × size, row-major: where to begin, overwritten
 * @param block coordinates of a block at most, from 1
 * @throws NOT_POSITIVE_DEFINITE naming the pivot of a block | OUT_OF_MEMORY
 * Cost: size·block/2 + 2·size multiplications an entry and size·(block²/6 + size) a row: for many coordinates a fraction of
 * what solving for all at once takes. Beside it a double an entry and two copies of `own`.
 * Source: Rendle, Krichene, Zhang & Koren, "iALS++: Speeding up Matrix Factorization with Subspace Optimization", 2021 (arXiv
 * 2110.14044), §4: Newton steps in subspaces. */
export function improveNormalRows(rows: NormalRows, own: Float64Array, block: number, watch: Watch): void {
  const { nRows, size, other, base, lastRidge } = rows
  if (nRows === 0) return watch.progress(1)
  const { memory } = kernels()
  memory.frame(() => {
    const ridge = restBlanks(rows, own)
    const kept = takeIn(own, watch)
    const sides = { rows: rowsOfEntries(rows), weightOf: weightsOf(rows) }
    const rest = restOf(rows, sides, kept, watch)
    // Blocks of about one size.
    const width = Math.ceil(size / Math.ceil(size / block))
    const [wide, step] = [memory.allocate((other.length / size) * width), new Float64Array(nRows * width)]
    for (let from = 0; from < size; from += width) {
      const count = Math.min(width, size - from)
      const part = partOf(watch, from / size, (from + count) / size)
      const [side, move] = [wide.subarray(0, (other.length / size) * count), step.subarray(0, nRows * count)]
      copyColumns(other, size, from, count, side, watch)
      memory.frame(() => {
        const rights = rightsOf(rows, ridge, kept, from, count, watch)
        const ofBlock = { other: side, size: count, base: base && blockOfBase(base, size, from, count), prior: null }
        const free = { shift: null, targets: rest, rights, ridge, noise: null }
        const last = from + count === size ? lastRidge : null
        solveNormalRows({ ...rows, ...ofBlock, ...free, lastRidge: last }, move, part)
      })
      for (let row = 0, at = 0; row < nRows; row++) {
        for (let k = row * size + from; k < row * size + from + count; k++) kept[k]! += move[at++]!
      }
      if (from + count < size) subtractProducts(rows, sides, move, side, count, rest, watch)
    }
    own.set(kept)
  })
}

/** Solves rows for all of their coordinates, or for a block at a time from where they are. */
export function solveRowsBy(block: number, rows: NormalRows, own: Float64Array, watch: Watch): void {
  if (block >= rows.size) solveNormalRows(rows, own, watch)
  else improveNormalRows(rows, own, block, watch)
}

interface Entries {
  rows: Int32Array
  weightOf: (entry: number) => number
}

/** A row of which nothing is known is zero, as where it is solved for at once; with a ridge it stays there.
 * @returns the ridges */
function restBlanks({ offsets, nRows, size, base, prior, ridge }: NormalRows, own: Float64Array): Float64Array {
  if (base || prior) return ridge
  const kept = ridge.slice()
  for (let row = 0; row < nRows; row++) {
    if (offsets[row] !== offsets[row + 1]) continue
    own.fill(0, row * size, (row + 1) * size)
    kept[row] = 1
  }
  return kept
}

function rowsOfEntries({ nRows, offsets }: NormalRows): Int32Array {
  const rows = new Int32Array(offsets[nRows]!)
  for (let row = 0; row < nRows; row++) rows.fill(row, offsets[row], offsets[row + 1])
  return rows
}

const weightsOf = ({ weights, weight }: NormalRows): ((entry: number) => number) =>
  weights ? (entry) => weights[entry]! : () => weight

/** What of the targets is left: targetₜ − shift − wₜ·p·qₜ. */
function restOf(rows: NormalRows, entries: Entries, own: Float64Array, watch: Watch): Float64Array {
  const { targets, shift, columns, other, size } = rows
  const rest = kernels().memory.allocate(entries.rows.length)
  inPieces(rest.length, 1, watch, (from, to) => {
    for (let t = from; t < to; t++) rest[t] = targets[t]! - (shift ? shift[columns[t]!]! : 0)
  })
  subtractProducts(rows, entries, own, other, size, rest, watch)
  return rest
}

/** rest −= wₜ · a row of `left` · a row of `right`, for each entry. */
function subtractProducts(
  { columns }: NormalRows,
  { rows, weightOf }: Entries,
  left: Float64Array,
  right: Float64Array,
  size: number,
  rest: Float64Array,
  watch: Watch
): void {
  multiplyPairs(rows, columns, left, right, size, quiet(watch), (from, products) => {
    for (let t = 0; t < products.length; t++) rest[from + t]! -= weightOf(from + t) * products[t]!
  })
}

function copyColumns(
  from: Float64Array,
  size: number,
  first: number,
  count: number,
  to: Float64Array,
  watch: Watch
): void {
  inPieces(from.length / size, count, watch, (start, end) => {
    for (let row = start; row < end; row++) {
      to.set(from.subarray(row * size + first, row * size + first + count), row * count)
    }
  })
}

function blockOfBase(base: Float64Array, size: number, first: number, count: number): Float64Array {
  const block = new Float64Array(count * count)
  for (let a = 0; a < count; a++) {
    block.set(base.subarray((first + a) * size + first, (first + a) * size + first + count), a * count)
  }
  return block
}

/** prior − base·p − ridge·p of each row, the coordinates of a block: what of bᵣ − Aᵣ·p is not of its entries. */
function rightsOf(
  { nRows, size, base, prior, lastRidge }: NormalRows,
  ridge: Float64Array,
  own: Float64Array,
  first: number,
  count: number,
  watch: Watch
): Float64Array {
  const { memory } = kernels()
  const rights = zeros(nRows * count, watch)
  if (base) {
    const whole = panelOf(memory.place(base), size, size)
    const block = blockOf(whole, 0, first, size, count)
    multiplyInto(panelOf(rights, nRows, count), -1, panelOf(own, nRows, size), block, watch)
  }
  const last = lastRidge === null ? -1 : size - 1 - first
  inPieces(nRows, count, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      for (let k = 0; k < count; k++) {
        const pull = k === last ? lastRidge! : ridge[row]!
        rights[row * count + k]! += (prior ? prior[first + k]! : 0) - pull * own[row * size + first + k]!
      }
    }
  })
  return rights
}
