import { createHash } from 'node:crypto'
import * as linalg from '../../../core/linalg/index.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { residentRows } from '../../../core/linalg/row-source.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { bootstrapComponents } from '../../../core/stats/bootstrap-components.ts'
import { columnMoments } from '../../../core/stats/moments.ts'
import { parallelAnalysis } from '../../../core/stats/parallel-analysis.ts'
import { generateRows } from './rows.ts'

// A program: what every kernel makes of random numbers, with vectors whole and with some left over, as one hash a line.

const random = new SeededRandom(17)
const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal())
const matrix = (rows: number, columns: number): linalg.Matrix => ({ rows, columns, data: numbers(rows * columns) })

/** Every number of a result, in order. */
function feed(hash: ReturnType<typeof createHash>, value: unknown): void {
  if (ArrayBuffer.isView(value)) hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  else if (typeof value === 'number') hash.update(Float64Array.of(value))
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) feed(hash, part)
}

function tell(name: string, compute: () => unknown): void {
  const hash = createHash('sha256')
  kernels().memory.frame(() => feed(hash, compute()))
  process.stdout.write(`${name} ${hash.digest('hex')}\n`)
}

for (const [m, k, n] of [
  [1, 1, 1],
  [7, 5, 3],
  [13, 270, 33],
  [200, 130, 70],
  [64, 64, 64]
] as const) {
  const name = `${m} × ${k} × ${n}`
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const a = transposeA ? matrix(k, m) : matrix(m, k)
      const b = transposeB ? matrix(n, k) : matrix(k, n)
      tell(`gemm ${name} ${transposeA} ${transposeB}`, () => linalg.gemm(a, b, { transposeA, transposeB }))
      tell(`gemm into ${name}`, () =>
        linalg.gemm(a, b, { transposeA, transposeB, alpha: -0.7, beta: 2, c: matrix(m, n) })
      )
    }
  }
  tell(`gemv ${name}`, () => linalg.gemv(matrix(m, k), numbers(k)))
  tell(`syrk ${name}`, () => [linalg.syrk(matrix(m, k), 'columns'), linalg.syrk(matrix(m, k), 'rows')])
}

for (const n of [1, 2, 5, 17, 64, 131, 260]) {
  const a = matrix(n, n)
  const positive = linalg.gemm(a, a, { transposeA: true })
  for (let i = 0; i < n; i++) positive.data[i * n + i]! += n
  const symmetric = { ...a, data: a.data.map((_, at) => a.data[at]! + a.data[(at % n) * n + Math.floor(at / n)]!) }
  tell(`solve ${n}`, () => [linalg.lu(a), linalg.solve(a, matrix(n, 3)), linalg.inverse(a), linalg.determinant(a)])
  tell(`cholesky ${n}`, () => [linalg.cholesky(positive), linalg.inversePositiveDefinite(positive)])
  tell(`qr ${n}`, () => [linalg.qr(matrix(n + 9, n)), linalg.leastSquares(matrix(n + 9, n), matrix(n + 9, 2))])
  tell(`eigh ${n}`, () => [linalg.eigh(symmetric), linalg.eigvalsh(symmetric), linalg.eighTop(symmetric, 1)])
  tell(`svd ${n}`, () => [linalg.svd(matrix(n + 4, n)), linalg.singularValues(matrix(n, n + 5))])
  if (n < 150) tell(`eig ${n}`, () => linalg.eig(a))
}
tell('tall qr', () => [linalg.tallQr(matrix(3000, 7)), linalg.tallQr(matrix(900, 41))])
tell('eighTop', () => linalg.eighTop(linalg.syrk(matrix(700, 500), 'columns'), 6))

const triplets = {
  rowIndexes: Int32Array.from({ length: 9000 }, () => random.integer(800)),
  columnIndexes: Int32Array.from({ length: 9000 }, () => random.integer(300)),
  values: numbers(9000)
}
const sparse = linalg.createSparse(800, 300, triplets)
for (let width = 1; width <= 30; width++) {
  tell(`sparse ${width}`, () => [
    linalg.multiplySparse(sparse, matrix(300, width)),
    linalg.multiplySparseTransposed(sparse, matrix(800, width))
  ])
}
tell('sparse gram', () => linalg.sparseGram(sparse, linalg.transposeSparse(sparse), unwatched).slice())
tell('krylov', () => linalg.krylovSvd(linalg.sparseOperator(sparse), 9, { seed: 3 }))
tell('randomized', () => linalg.randomizedSvd(linalg.sparseOperator(sparse), 9, { seed: 3 }))
for (const [m, n] of [
  [900, 50],
  [50, 900]
] as const) {
  const dense = numbers(m * n)
  tell(`gram operator ${m} × ${n}`, () => {
    const placed = kernels().memory.place(dense)
    const centred = linalg.centredOperator(linalg.denseOperator(placed, m, n), numbers(n))
    return [linalg.randomizedSvd(centred, 5, { seed: 2 }), linalg.krylovSvd(centred, 5, { seed: 2 })]
  })
}

for (let size = 1; size <= 66; size += size < 20 ? 1 : 7) {
  const lengths = [0, 1, 3, 40, 700, 9000]
  for (const precision of ['double', 'single'] as const) {
    for (const whole of [false, true]) {
      const options = { weighted: whole, shifted: whole, based: whole, preferred: whole, drawn: whole }
      const rows = { ...generateRows({ lengths, nColumns: 90, size, seed: size, ...options }), precision }
      const own = numbers(lengths.length * size)
      tell(`rows of ${size}, ${precision}, ${whole}`, () => {
        linalg.solveNormalRows(rows, own, unwatched)
        return own
      })
      if (precision === 'double' && size > 4) {
        tell(`rows of ${size} by blocks, ${whole}`, () => {
          linalg.improveNormalRows(rows, own, 4, unwatched)
          return own
        })
      }
    }
  }
}

for (const [n, p] of [
  [500, 3],
  [300, 34],
  [40, 90]
] as const) {
  const table = numbers(n * p)
  for (const products of [false, true])
    tell(`moments ${n} × ${p}`, () => columnMoments(residentRows(kernels().memory.place(table), n, p), products))
  tell(`permuted ${n} × ${p}`, () =>
    parallelAnalysis(table, [n, p], n - 1, { permutations: 3, percent: 95, seed: 1 }, unwatched)
  )
  tell(`resampled ${n} × ${p}`, () =>
    bootstrapComponents(
      table,
      [n, p],
      linalg.svd({ rows: n, columns: p, data: table }).vt.data.slice(0, 2 * p),
      {
        resamples: 3,
        nVariances: 2,
        seed: 1,
        alignment: 'procrustes',
        preparation: { centre: true, scale: 'unit' },
        divisor: n - 1,
        weights: null
      },
      unwatched
    )
  )
}
