import { kernels } from './kernels/kernels.ts'
import { blockOf, multiplyInto, multiplyVectorInto, panelOf, transposed, type Panel } from './panel.ts'
import type { Watch } from './watch.ts'

/** Columns reduced before the rest of the matrix is brought up to date, by products of blocks. */
const WIDTH = 32

/** Doubles that reduceToHessenberg allocates beside what it is given. */
export const hessenbergWorkspace = (n: number): number => WIDTH * (6 * n + WIDTH) + 4 * n

/** H = Qᵀ A Q with zeros below the first subdiagonal.
 * @param a n×n row-major, in the memory of the kernels; holds H afterwards
 * @param low, high rows and columns outside low … high are triangular already (see balance)
 * @param reflectors n×n in the memory of the kernels, OVERWRITTEN; null: Q is not wanted
 * @param q n×n in the memory of the kernels: holds Qᵀ afterwards (its rows are the columns of Q)
 * Cost: 10/3·n³ flops, 4/3·n³ more for Q; four fifths of them in products of blocks.
 * Source: Golub & Van Loan, Matrix Computations, §7.4.2 f.; in blocks A − Y Vᵀ with Y = A V T: Dongarra, Hammarling &
 * Sorensen, "Block reduction of matrices to condensed forms", J. Computational and Applied Mathematics 27 (1989). */
export function reduceToHessenberg(
  a: Float64Array,
  n: number,
  low: number,
  high: number,
  basis: { reflectors: Float64Array; q: Float64Array } | null,
  watch: Watch
): void {
  const { memory } = kernels()
  memory.frame(() => {
    const count = Math.max(0, high - 1 - low)
    const blocks = Math.ceil(count / WIDTH)
    const single = memory.allocate(basis ? 0 : WIDTH * n)
    const factors = memory.zeros(Math.max(1, blocks) * WIDTH * WIDTH)
    const images = memory.allocate(WIDTH * n)
    const work = memory.allocate(2 * WIDTH * n)
    basis?.reflectors.fill(0)
    for (let block = 0; block < blocks; block++) {
      const first = low + block * WIDTH
      const width = Math.min(WIDTH, high - 1 - first)
      const v = basis ? basis.reflectors.subarray(block * WIDTH * n, (block * WIDTH + width) * n) : single.fill(0)
      const t = factors.subarray(block * WIDTH * WIDTH, (block + 1) * WIDTH * WIDTH)
      reduceColumns(a, n, high, first, width, v, t, images, work, watch)
      const next = first + width
      const vs = panelOf(v, width, n)
      const ys = transposed(panelOf(images, width, n))
      const all = panelOf(a, n, n)
      const right = high + 1 - next
      multiplyInto(
        blockOf(all, 0, next, high + 1, right),
        -1,
        blockOf(ys, 0, 0, high + 1, width),
        blockOf(vs, 0, next, width, right),
        watch
      )
      applyBlock(
        blockOf(all, first + 1, next, high - first, n - next),
        blockOf(vs, 0, first + 1, width, high - first),
        transposed(panelOf(t, width, width, WIDTH)),
        work,
        watch
      )
      watch.progress((block + 1) / blocks)
    }
    if (basis) formBasis(basis.reflectors, factors, n, low, high, basis.q, work, watch)
  })
}

/** Reduces columns first … first + width − 1 of A, keeping the rest of A as it was.
 * @param v width × n: row j holds the j-th reflector, I − τ·v·vᵀ; zeros before
 * @param t WIDTH-strided upper triangle with I − V T Vᵀ the product of the reflectors; zeros before
 * @param images width × n: row j holds column j of A V T */
function reduceColumns(
  a: Float64Array,
  n: number,
  high: number,
  first: number,
  width: number,
  v: Float64Array,
  t: Float64Array,
  images: Float64Array,
  work: Float64Array,
  watch: Watch
): void {
  const { run } = kernels()
  const rows = high + 1
  const column = work.subarray(0, n)
  const inner = new Float64Array(WIDTH)
  const rowBytes = 8 * n
  for (let j = 0; j < width; j++) {
    watch.checkpoint()
    const c = first + j
    run.transposeInto(rows, 1, a.byteOffset + 8 * c, n, column.byteOffset, n)
    for (let i = 0; i < j; i++) run.axpy(rows, -v[i * n + c]!, images.byteOffset + i * rowBytes, column.byteOffset)
    const below = 8 * (first + 1)
    const length = high - first
    for (let i = 0; i < j; i++) {
      inner[i] = run.dot(length, v.byteOffset + i * rowBytes + below, column.byteOffset + below)
    }
    for (let i = j - 1; i >= 0; i--) {
      let weight = 0
      for (let l = 0; l <= i; l++) weight += t[l * WIDTH + i]! * inner[l]!
      run.axpy(length, -weight, v.byteOffset + i * rowBytes + below, column.byteOffset + below)
    }
    const tau = reflector(column, c + 1, high)
    for (let i = 0; i <= c + 1; i++) a[i * n + c] = column[i]!
    for (let i = c + 2; i <= high; i++) a[i * n + c] = 0
    const reflection = v.subarray(j * n, (j + 1) * n)
    reflection.set(column.subarray(c + 1, rows), c + 1)
    reflection[c + 1] = 1

    const image = images.subarray(j * n, (j + 1) * n).fill(0)
    const tail = blockOf(panelOf(a, n, n), 0, c + 1, rows, high - c)
    multiplyVectorInto(image.byteOffset, tau, tail, reflection.byteOffset + 8 * (c + 1), watch)
    for (let i = 0; i < j; i++) {
      const at = 8 * (c + 1)
      inner[i] = tau * run.dot(high - c, v.byteOffset + i * rowBytes + at, reflection.byteOffset + at)
      run.axpy(rows, -inner[i]!, images.byteOffset + i * rowBytes, image.byteOffset)
    }
    for (let i = 0; i < j; i++) {
      let sum = 0
      for (let l = i; l < j; l++) sum += t[i * WIDTH + l]! * inner[l]!
      t[i * WIDTH + j] = -sum
    }
    t[j * WIDTH + j] = tau
  }
}

/** The reflection I − τ·v·vᵀ, v = (1, …), that leaves of entries from … to only the first.
 * @param x afterwards the first entry left, then the rest of v @returns τ, 0 where there is nothing to do */
function reflector(x: Float64Array, from: number, to: number): number {
  let largest = 0
  for (let i = from + 1; i <= to; i++) largest = Math.max(largest, Math.abs(x[i]!))
  if (largest === 0) return 0
  largest = Math.max(largest, Math.abs(x[from]!))
  let square = 0
  for (let i = from; i <= to; i++) square += (x[i]! / largest) ** 2
  const alpha = x[from]! / largest
  const beta = alpha > 0 ? -Math.sqrt(square) : Math.sqrt(square)
  for (let i = from + 1; i <= to; i++) x[i] = x[i]! / largest / (alpha - beta)
  x[from] = beta * largest
  return (beta - alpha) / beta
}

/** C ← (I − V T Vᵀ) C. @param vs Vᵀ @param work 2 · rows of Vᵀ · columns of C doubles */
function applyBlock(c: Panel, vs: Panel, t: Panel, work: Float64Array, watch: Watch): void {
  const size = vs.rows * c.columns
  const inner = panelOf(work.subarray(0, size).fill(0), vs.rows, c.columns)
  const weights = panelOf(work.subarray(size, 2 * size).fill(0), vs.rows, c.columns)
  multiplyInto(inner, 1, vs, c, watch)
  multiplyInto(weights, 1, t, inner, watch)
  multiplyInto(c, -1, transposed(vs), weights, watch)
}

function formBasis(
  reflectors: Float64Array,
  factors: Float64Array,
  n: number,
  low: number,
  high: number,
  q: Float64Array,
  work: Float64Array,
  watch: Watch
): void {
  q.fill(0)
  for (let i = 0; i < n; i++) q[i * n + i] = 1
  const columnsOfQ = transposed(panelOf(q, n, n))
  for (let block = Math.ceil(Math.max(0, high - 1 - low) / WIDTH) - 1; block >= 0; block--) {
    const first = low + block * WIDTH
    const width = Math.min(WIDTH, high - 1 - first)
    const size = high - first
    const vs = panelOf(reflectors.subarray(block * WIDTH * n), width, n)
    const t = panelOf(factors.subarray(block * WIDTH * WIDTH), width, width, WIDTH)
    applyBlock(
      blockOf(columnsOfQ, first + 1, first + 1, size, size),
      blockOf(vs, 0, first + 1, width, size),
      t,
      work,
      watch
    )
  }
}
