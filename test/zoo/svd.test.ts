import { describe, expect, test } from 'vitest'
import { createMatrix, type Matrix } from '../../core/linalg/matrix.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import { singularValues } from '../../core/linalg/singular-values.ts'
import { svd } from '../../core/linalg/svd.ts'
import { CONDITIONS, MODES, randomNormal, scaled, spreadValues, withSingularValues } from './random-matrices.ts'
import { certifySvd } from './svd-certificate.ts'
import { worstRatios } from './worst-ratios.ts'

const SIZES = [0, 1, 2, 3, 5, 20, 100, 300]
const SHAPES = SIZES.flatMap((rows) => SIZES.map((columns) => [rows, columns] as const))
const LIMIT = 10

const note = worstRatios('svd')

/** LAPACK's ratios, the order of the values, and the values alone against those with vectors. */
function examine(a: Matrix, name: string, vectors: 'thin' | 'full' = 'thin'): Float64Array {
  const result = svd(a, { vectors })
  const title = `${name}, ${a.rows} × ${a.columns}, ${vectors}`
  for (const [kind, ratio] of Object.entries({ ...certifySvd(a, result) })) note(kind, ratio, title)
  const { s } = result
  const alone = singularValues(a)
  for (let k = 0; k < s.length; k++) {
    expect(s[k]).toBeGreaterThanOrEqual(s[k + 1] ?? 0)
    const difference = Math.abs(s[k]! - alone[k]!)
    note('values alone, of the largest', difference === 0 ? 0 : difference / s[0]!, title, 1e-14)
  }
  return s
}

const identity = (rows: number, columns: number): Matrix => {
  const a = createMatrix(rows, columns)
  for (let i = 0; i < Math.min(rows, columns); i++) a.data[i * columns + i] = 1
  return a
}

/** Singular values from 1 down to ulp, evenly spaced. */
const evenly = (count: number, random: SeededRandom): Float64Array => spreadValues(count, 4, 1 / Number.EPSILON, random)

describe('the matrix types of LAPACK for singular values (TESTING/EIG/ddrvbd.f)', () => {
  test.each(SHAPES)('%i × %i', (rows, columns) => {
    const random = new SeededRandom(1000 * rows + columns)
    const turned = withSingularValues(rows, columns, evenly(Math.min(rows, columns), random), random)
    for (const vectors of ['thin', 'full'] as const) {
      examine(createMatrix(rows, columns), 'zero', vectors)
      examine(identity(rows, columns), 'identity', vectors)
      examine(turned, 'evenly spaced', vectors)
    }
    // The smallest normal number over ulp, and the largest times ulp.
    examine(scaled(turned, -1022 + 52), 'evenly spaced near underflow')
    examine(scaled(turned, 1023 - 52), 'evenly spaced near overflow')
  })
})

describe('spreads of singular values', () => {
  test.each(MODES.flatMap((mode) => CONDITIONS.map((condition) => [mode, condition] as const)))(
    'mode %i, condition %d: the values come back',
    (mode, condition) => {
      const random = new SeededRandom(100 + mode)
      for (const [rows, columns] of [[120, 120] as const, [200, 70] as const, [60, 90] as const]) {
        const values = spreadValues(Math.min(rows, columns), mode, condition, random)
        const wanted = values.map(Math.abs).sort((x, y) => y - x)
        const s = examine(withSingularValues(rows, columns, values, random), `mode ${mode}, ${condition}`)
        const unit = Math.max(rows, columns) * Number.EPSILON * wanted[0]!
        for (let k = 0; k < s.length; k++) expect(Math.abs(s[k]! - wanted[k]!) / unit).toBeLessThan(LIMIT)
      }
    }
  )
})

test('thousands of small matrices: couplings dropped too early would show in their residuals', () => {
  const random = new SeededRandom(11)
  for (const n of [2, 3, 4]) {
    for (const mode of MODES) {
      for (let count = 0; count < 100; count++) {
        examine(withSingularValues(n, n, spreadValues(n, mode, 1e4, random), random), `small, mode ${mode}`)
      }
    }
  }
})

describe('matrices that are awkward', () => {
  const random = new SeededRandom(7)
  const times = (a: Matrix, b: Matrix): Matrix => {
    const c = createMatrix(a.rows, b.columns)
    for (let i = 0; i < a.rows; i++) {
      for (let k = 0; k < a.columns; k++) {
        const factor = a.data[i * a.columns + k]!
        for (let j = 0; j < b.columns; j++) c.data[i * b.columns + j]! += factor * b.data[k * b.columns + j]!
      }
    }
    return c
  }
  const repeated = (rows: number, columns: number): Matrix => {
    const row = randomNormal(1, columns, random).data
    return createMatrix(
      rows,
      columns,
      Float64Array.from({ length: rows * columns }, (_, at) => row[at % columns]!)
    )
  }
  const clustered = (count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, k) => [1, 1 - 1e-12, 1e-8][k % 3]! * (1 + 1e-15 * k))
  const graded = (rows: number, columns: number): Matrix =>
    createMatrix(
      rows,
      columns,
      randomNormal(rows, columns, random).data.map((x, at) => x * 2 ** (-8 * (at % columns)))
    )
  /** Upper bidiagonal, nearly; the middle couplings are far below the rounding errors of the rest. */
  const loose = (n: number): Matrix => {
    const a = identity(n, n)
    for (let i = 0; i + 1 < n; i++) {
      a.data[i * n + i] = 1 + i / n
      a.data[i * n + i + 1] = i % 7 === 0 ? 1e-200 : 1e-9 * i
    }
    return a
  }
  const kahan = (n: number): Matrix => {
    const a = createMatrix(n, n)
    const [sine, cosine] = [Math.sin(1.2), Math.cos(1.2)]
    for (let i = 0; i < n; i++) for (let j = i; j < n; j++) a.data[i * n + j] = sine ** i * (i === j ? 1 : -cosine)
    return a
  }
  const kinds: [string, Matrix][] = [
    ['rank 7, square', times(randomNormal(150, 7, random), randomNormal(7, 150, random))],
    ['rank 7, tall', times(randomNormal(300, 7, random), randomNormal(7, 80, random))],
    ['rank 1, wide', times(randomNormal(40, 1, random), randomNormal(1, 200, random))],
    ['all rows equal', repeated(130, 60)],
    [
      'all columns equal',
      createMatrix(
        60,
        130,
        repeated(130, 60).data.map((_, at) => Math.floor(at / 130))
      )
    ],
    ['all entries equal', createMatrix(90, 90, new Float64Array(8100).fill(0.1))],
    ['clustered, square', withSingularValues(150, 150, clustered(150), random)],
    ['clustered, tall', withSingularValues(220, 90, clustered(90), random)],
    ['graded columns', graded(140, 140)],
    ['graded columns far apart', graded(90, 100)],
    ['couplings that hardly couple', loose(160)],
    ['Kahan', kahan(100)],
    ['random', randomNormal(257, 129, random)]
  ]
  test.each(kinds)('%s, at every scale', (name, a) => {
    for (const e of [0, -500, 500]) examine(scaled(a, e), `${name} × 2^${e}`)
    examine(a, name, 'full')
  })

  test.each([-1040, -1060, -1073])(
    'subnormal entries, near 2^%i: what the same digits give at an ordinary size',
    (e) => {
      const a = scaled(randomNormal(70, 50, random), e)
      const ordinary = scaled(a, 1000)
      examine(ordinary, `random × 2^${e}, lifted`)
      const [subnormal, wanted] = [svd(a), svd(ordinary)]
      expect(subnormal.s).toEqual(wanted.s.map((value) => value * 2 ** -1000))
      expect(subnormal.u).toEqual(wanted.u)
      expect(subnormal.vt).toEqual(wanted.vt)
    }
  )

  test('entries next to the largest double', () => {
    examine(scaled(randomNormal(40, 40, random), 1016), 'random × 2^1016')
  })
})
