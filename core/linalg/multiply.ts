import { dot } from './dot.ts'
import { unwatched, type Watch } from './watch.ts'

/** Rows of the left factor summed before they are added to the total: short sums keep rounding small. */
const ROW_BLOCK = 256
/** 64 rows of 256 columns are 128 kB: they stay in a second-level cache while every output row passes over them. */
const INNER_BLOCK = 64
const COLUMN_BLOCK = 256

/** XᵀX, the inner products of the columns.
 * @param x nRows × nColumns, row-major
 * @returns nColumns × nColumns, symmetric to the last bit. Cost: nRows · nColumns² flops. */
export function columnProducts(
  x: Float64Array,
  nRows: number,
  nColumns: number,
  watch: Watch = unwatched
): Float64Array {
  const total = new Float64Array(nColumns * nColumns)
  const partial = new Float64Array(nColumns * nColumns)
  for (let start = 0; start < nRows; start += ROW_BLOCK) {
    const end = Math.min(start + ROW_BLOCK, nRows)
    partial.fill(0)
    let row = start
    for (; row + 4 <= end; row += 4) {
      watch.checkpoint()
      addFourRows(partial, x, row * nColumns, nColumns)
    }
    for (; row < end; row++) addRow(partial, x, row * nColumns, nColumns)
    for (let i = 0; i < total.length; i++) total[i]! += partial[i]!
    watch.progress(end / nRows)
  }
  mirrorLowerTriangle(total, nColumns)
  return total
}

/** Adds the lower triangle of rᵀr for the row r at `at`. */
function addRow(sum: Float64Array, x: Float64Array, at: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const left = x[at + i]!
    for (let j = 0; j <= i; j++) sum[i * n + j]! += left * x[at + j]!
  }
}

/** The same for four rows at once: each entry of the sum is read and written once for four products. */
function addFourRows(sum: Float64Array, x: Float64Array, first: number, n: number): void {
  const second = first + n
  const third = second + n
  const fourth = third + n
  for (let i = 0; i < n; i++) {
    const a = x[first + i]!
    const b = x[second + i]!
    const c = x[third + i]!
    const d = x[fourth + i]!
    const row = i * n
    for (let j = 0; j <= i; j++) {
      sum[row + j]! += a * x[first + j]! + b * x[second + j]! + (c * x[third + j]! + d * x[fourth + j]!)
    }
  }
}

function mirrorLowerTriangle(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!
}

/** XXᵀ, the inner products of the rows.
 * @param x nRows × nColumns, row-major
 * @returns nRows × nRows, symmetric to the last bit. Cost: nRows² · nColumns flops. */
export function rowProducts(x: Float64Array, nRows: number, nColumns: number, watch: Watch = unwatched): Float64Array {
  const products = new Float64Array(nRows * nRows)
  for (let start = 0; start < nColumns; start += COLUMN_BLOCK) {
    const end = Math.min(start + COLUMN_BLOCK, nColumns)
    for (let i = 0; i < nRows; i++) {
      watch.checkpoint()
      for (let j = 0; j <= i; j++)
        products[i * nRows + j]! += dot(x, i * nColumns + start, x, j * nColumns + start, end - start)
    }
    watch.progress(end / nColumns)
  }
  mirrorLowerTriangle(products, nRows)
  return products
}

/** A Bᵀ: each row of A times each row of B.
 * @param a nRows × inner @param b nColumns × inner, both row-major
 * @returns nRows × nColumns, row-major */
export function multiplyByTransposed(
  a: Float64Array,
  nRows: number,
  b: Float64Array,
  nColumns: number,
  inner: number,
  watch: Watch = unwatched
): Float64Array {
  const product = new Float64Array(nRows * nColumns)
  for (let left = 0; left < nColumns; left += INNER_BLOCK) {
    const right = Math.min(left + INNER_BLOCK, nColumns)
    for (let i = 0; i < nRows; i++) {
      if (i % 16 === 0) {
        watch.checkpoint()
        watch.progress((left + ((right - left) * i) / nRows) / nColumns)
      }
      const out = i * nColumns
      let j = left
      for (; j + 4 <= right; j += 4) dotFour(a, i * inner, b, j * inner, inner, product, out + j)
      for (; j < right; j++) product[out + j] = dot(a, i * inner, b, j * inner, inner)
    }
  }
  return product
}

/** A row of a times four rows of b, one after the other: each entry of a is read once for four products. */
function dotFour(
  a: Float64Array,
  atA: number,
  b: Float64Array,
  first: number,
  length: number,
  out: Float64Array,
  at: number
): void {
  const second = first + length
  const third = second + length
  const fourth = third + length
  let one = 0
  let two = 0
  let three = 0
  let four = 0
  for (let k = 0; k < length; k++) {
    const entry = a[atA + k]!
    one += entry * b[first + k]!
    two += entry * b[second + k]!
    three += entry * b[third + k]!
    four += entry * b[fourth + k]!
  }
  out[at] = one
  out[at + 1] = two
  out[at + 2] = three
  out[at + 3] = four
}

/** A B.
 * @param a nRows × inner @param b inner × nColumns, both row-major
 * @returns nRows × nColumns, row-major */
export function multiply(
  a: Float64Array,
  nRows: number,
  b: Float64Array,
  inner: number,
  nColumns: number,
  watch: Watch = unwatched
): Float64Array {
  const product = new Float64Array(nRows * nColumns)
  for (let top = 0; top < inner; top += INNER_BLOCK) {
    const bottom = Math.min(top + INNER_BLOCK, inner)
    for (let left = 0; left < nColumns; left += COLUMN_BLOCK) {
      const right = Math.min(left + COLUMN_BLOCK, nColumns)
      watch.checkpoint()
      for (let i = 0; i < nRows; i++) {
        const weights = i * inner
        const out = i * nColumns
        let k = top
        for (; k + 4 <= bottom; k += 4)
          addRows(product, out + left, right - left, a, weights + k, b, k * nColumns + left, nColumns)
        for (; k < bottom; k++) {
          const weight = a[weights + k]!
          for (let j = left; j < right; j++) product[out + j]! += weight * b[k * nColumns + j]!
        }
      }
    }
    watch.progress(bottom / inner)
  }
  return product
}

/** Adds four neighbouring rows of b (`width` entries from `first`, `stride` apart), weighted by four entries of a. */
function addRows(
  sum: Float64Array,
  at: number,
  width: number,
  a: Float64Array,
  weights: number,
  b: Float64Array,
  first: number,
  stride: number
): void {
  const one = a[weights]!
  const two = a[weights + 1]!
  const three = a[weights + 2]!
  const four = a[weights + 3]!
  const second = first + stride
  const third = second + stride
  const fourth = third + stride
  for (let j = 0; j < width; j++) {
    sum[at + j]! += one * b[first + j]! + two * b[second + j]! + (three * b[third + j]! + four * b[fourth + j]!)
  }
}

/** Aᵀ. @param a nRows × nColumns, row-major @returns nColumns × nRows, row-major */
export function transpose(a: Float64Array, nRows: number, nColumns: number): Float64Array {
  const transposed = new Float64Array(a.length)
  for (let i = 0; i < nRows; i++) for (let j = 0; j < nColumns; j++) transposed[j * nRows + i] = a[i * nColumns + j]!
  return transposed
}
