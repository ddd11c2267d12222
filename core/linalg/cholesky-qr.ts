import { factorCholesky } from './cholesky.ts'
import { kernels } from './kernels/kernels.ts'
import { clearBlock } from './operator.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import { transposeEntries } from './passes.ts'
import { allocateColumns, factorColumns, formColumns } from './reflections.ts'
import { solveTriangularInto } from './triangular-solve.ts'
import { quiet, type Watch } from './watch.ts'

/** A pivot below this, columns being of unit length, is lost in the rounding of the Gram matrix. */
const LEAST_PIVOT = 1e-13
/** The second pass repairs columns whose Gram matrix is off the identity by less than this, all its entries together. */
const REPAIRABLE = 0.5

/** Columns made orthonormal, and the block of the two given that is free now. */
interface OrthonormalColumns {
  q: Panel
  free: Panel
  /** order × order, row-major, upper triangle: Y = Q·R */
  r: Float64Array<ArrayBuffer>
}

/** Y = Q·R for a tall and thin Y by Cholesky's factor of YᵀY, twice; where Y is too near to losing rank for that, by
 * reflections, which find an orthonormal Q for any Y.
 * @param y m × n, row-major without gaps, m ≥ n; its squares neither overflow nor vanish; OVERWRITTEN
 * @param spare of the same shape, OVERWRITTEN
 * Accuracy: ‖Y − QR‖ and ‖I − QᵀQ‖ of the order of n·ulp (of ‖Y‖). Cost: 8mn² flops at the speed of products.
 * Source: Yamamoto, Nakatsukasa, Yanagisawa & Fukaya, "Roundoff error analysis of the CholeskyQR2 algorithm", ETNA 44
 * (2015); columns are brought to unit length first, after which its condition is near the best (van der Sluis 1969). */
export function orthonormalizeColumns(y: Panel, spare: Panel, watch: Watch): OrthonormalColumns {
  const n = y.columns
  const first = triangleOf(gramOf(y, watch), n, watch)
  if (!first) return byReflections(y, spare, watch)
  divideInto(spare, y, first, watch)
  const gram = gramOf(spare, watch)
  let off = 0
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) off += (i === j ? 1 : 2) * Math.abs(gram[i * n + j]! - (i === j ? 1 : 0))
  }
  const second = off < REPAIRABLE ? triangleOf(gram, n, watch) : undefined
  if (!second) return byReflections(y, spare, watch)
  divideInto(y, spare, second, watch)
  return { q: y, free: spare, r: multiplyTriangles(second, first, n, watch) }
}

/** YᵀY, its upper triangle, order × order. */
export function gramOf(y: Panel, watch: Watch): Float64Array<ArrayBuffer> {
  const n = y.columns
  const { memory } = kernels()
  return memory.frame(() => {
    const gram = memory.zeros(n * n)
    multiplyInto(panelOf(gram, n, n), 1, transposed(y), y, watch, 'upper')
    return gram.slice()
  })
}

/** The upper triangular R with RᵀR = G (upper triangle read); nothing where G is not safely positive definite. */
function triangleOf(gram: Float64Array, n: number, watch: Watch): Float64Array<ArrayBuffer> | undefined {
  const lengths = Float64Array.from({ length: n }, (_, i) => Math.sqrt(gram[i * n + i]!))
  if (!lengths.every((length) => length > 0)) return undefined
  const { memory } = kernels()
  return memory.frame(() => {
    const l = memory.zeros(n * n)
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) l[i * n + j] = gram[j * n + i]! / lengths[j]! / lengths[i]!
    if (factorCholesky(panelOf(l, n, n), quiet(watch)) > 0) return undefined
    for (let i = 0; i < n; i++) if (!(l[i * n + i]! ** 2 > LEAST_PIVOT)) return undefined
    const r = new Float64Array(n * n)
    for (let i = 0; i < n; i++) for (let j = i; j < n; j++) r[i * n + j] = l[j * n + i]! * lengths[j]!
    return r
  })
}

/** to = from · R⁻¹ */
function divideInto(to: Panel, from: Panel, r: Float64Array, watch: Watch): void {
  const n = from.columns
  const { memory } = kernels()
  memory.frame(() => {
    const entries = memory.zeros(n * n)
    for (let i = 0; i < n; i++) entries[i * n + i] = 1
    const inverse = panelOf(entries, n, n)
    solveTriangularInto(panelOf(memory.copy(r), n, n), inverse, { side: 'upper' }, watch)
    clearBlock(to, watch)
    multiplyInto(to, 1, from, inverse, watch)
  })
}

/** A·B */
function multiplyTriangles(a: Float64Array, b: Float64Array, n: number, watch: Watch): Float64Array<ArrayBuffer> {
  const { memory } = kernels()
  return memory.frame(() => {
    const product = memory.zeros(n * n)
    multiplyInto(panelOf(product, n, n), 1, panelOf(memory.copy(a), n, n), panelOf(memory.copy(b), n, n), watch)
    return product.slice()
  })
}

function byReflections(y: Panel, spare: Panel, watch: Watch): OrthonormalColumns {
  const { rows: m, columns: n } = y
  const { memory, run } = kernels()
  return memory.frame(() => {
    const columns = allocateColumns(m, n)
    transposeEntries(m, n, y.at, y.rowStride, columns.at, columns.columnStride, watch)
    const reflections = factorColumns(columns, quiet(watch))
    const triangle = memory.zeros(n * n)
    const top = blockOf(columns, 0, 0, n, n)
    run.transposeInto(n, n, top.at, top.columnStride, triangle.byteOffset, n)
    const q = formColumns(reflections, m, n, watch)
    transposeEntries(n, m, q.at, q.columnStride, spare.at, spare.rowStride, watch)
    const r = triangle.slice()
    for (let i = 1; i < n; i++) r.fill(0, i * n, i * n + i)
    return { q: spare, free: y, r }
  })
}
