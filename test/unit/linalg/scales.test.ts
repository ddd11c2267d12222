import { describe, expect, test } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import * as linalg from '../../../core/linalg/index.ts'
import { createMatrix, type LinearOperator, type Matrix } from '../../../core/linalg/index.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { timesPowerOfTwo } from '../../../core/linalg/power-of-two.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { scaled } from '../../zoo/random-matrices.ts'
import { certifyPairs, certifyTriplets } from '../../zoo/top-certificate.ts'

const random = new SeededRandom(1)

/** Integers of at most three digits: exact also as multiples of the smallest subnormal. */
function integers(rows: number, columns: number): Matrix {
  return createMatrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => random.integer(1999) - 999)
  )
}

function mirrored(a: Matrix): Matrix {
  for (let i = 0; i < a.rows; i++) for (let j = 0; j < i; j++) a.data[j * a.rows + i] = a.data[i * a.rows + j]!
  return a
}

const tall = integers(60, 40)
const square = integers(50, 50)
const small = integers(10, 10)
const right = integers(50, 2)
const veryTall = integers(2000, 20)
/** beyond the order from which eighTop iterates */
const large = mirrored(integers(170, 170))
const definite = linalg.syrk(integers(60, 30), 'columns')
const rankFour = linalg.gemm(integers(30, 4), integers(4, 20))
const side = integers(30, 2)
const tallSide = integers(60, 2)

function withOperator<T>(a: Matrix, work: (operator: LinearOperator) => T): T {
  const { memory } = kernels()
  return memory.frame(() => work(linalg.denseOperator(memory.copy(a.data), a.rows, a.columns)))
}

/** Numbers that grow by this power of what the matrix is multiplied by. */
type Part = [degree: number, numbers: ArrayLike<number>]

const ofQr = ({ q, r }: linalg.QrFactors): Part[] => [[0, q.data], [1, r.data]] // prettier-ignore
const ofPairs = ({ w, v }: linalg.TopEigenpairs): Part[] => [[1, w], [0, v.data]] // prettier-ignore
const ofSvd = ({ u, s, vt }: linalg.SingularValueDecomposition): Part[] => [[0, u.data], [1, s], [0, vt.data]] // prettier-ignore
const ofLeastSquares = ({ x, rank }: linalg.LeastSquares): Part[] => [[0, x.data], [0, [rank]]] // prettier-ignore

/** Each routine with a matrix that is scaled by what it is given. */
const exact: Record<string, (at: (a: Matrix) => Matrix) => Part[]> = {
  gemm: (at) => [[1, linalg.gemm(at(tall), tall, { transposeB: true }).data]],
  'gemm of two scaled': (at) => [[2, linalg.gemm(at(tall), at(tall), { transposeB: true }).data]],
  gemv: (at) => [[1, linalg.gemv(at(square), right.data.subarray(0, 50))]],
  'syrk of columns': (at) => [[2, linalg.syrk(at(tall), 'columns').data]],
  'syrk of rows': (at) => [[2, linalg.syrk(at(tall), 'rows').data]],
  multiplySparse: (at) => [[1, linalg.multiplySparse(linalg.sparseOf(at(square)), right).data]],
  multiplySparseTransposed: (at) => [[1, linalg.multiplySparseTransposed(linalg.sparseOf(at(square)), right).data]],
  outer: (at) => [[1, linalg.outer(at(right).data, right.data).data]],
  hadamard: (at) => [[2, linalg.hadamard(at(tall), at(tall)).data]],
  lu: (at) => {
    const { p, l, u } = linalg.expandLu(linalg.lu(at(tall)))
    return [[0, p.data], [0, l.data], [1, u.data]] // prettier-ignore
  },
  cholesky: (at) => [[1 / 2, linalg.cholesky(at(definite)).data]],
  qr: (at) => ofQr(linalg.qr(at(tall))),
  'qr, full': (at) => ofQr(linalg.qr(at(tall), 'full')),
  tallQr: (at) => ofQr(linalg.tallQr(at(veryTall))),
  eigh: (at) => ofPairs(linalg.eigh(at(large))),
  eigvalsh: (at) => [[1, linalg.eigvalsh(at(large))]],
  'eighTop by the direct method': (at) => ofPairs(linalg.eighTop(at(large), 60)),
  svd: (at) => ofSvd(linalg.svd(at(tall))),
  'svd of rank 4, full': (at) => ofSvd(linalg.svd(at(rankFour), { vectors: 'full' })),
  singularValues: (at) => [[1, linalg.singularValues(at(tall))]],
  eig: (at) => {
    const { real, imaginary, vectorsReal, vectorsImaginary } = linalg.eig(at(square))
    return [[1, real], [1, imaginary], [0, vectorsReal.data], [0, vectorsImaginary.data]] // prettier-ignore
  },
  eigenvalues: (at) => {
    const { real, imaginary } = linalg.eigenvalues(at(square))
    return [[1, real], [1, imaginary]] // prettier-ignore
  },
  'solve, both sides scaled': (at) => [[0, linalg.solve(at(square), at(right)).x.data]],
  'solve, the matrix scaled': (at) => [[-1, linalg.solve(at(square), right).x.data]],
  'condition estimates': (at) => [
    [0, [linalg.estimateCondition(at(square)), linalg.solve(at(square), at(right)).reciprocalCondition]]
  ],
  leastSquares: (at) => ofLeastSquares(linalg.leastSquares(at(tall), at(tallSide))),
  'leastSquares of rank 4': (at) => ofLeastSquares(linalg.leastSquares(at(rankFour), at(side))),
  inverse: (at) => [[-1, linalg.inverse(at(square)).data]],
  pinv: (at) => [[-1, linalg.pinv(at(rankFour)).inverse.data]],
  trace: (at) => [[1, [linalg.trace(at(square))]]],
  rank: (at) => [[0, [linalg.rank(at(rankFour)).rank, linalg.rank(at(tall)).rank]]],
  nullSpace: (at) => [[0, linalg.nullSpace(at(rankFour)).basis.data]],
  range: (at) => [[0, linalg.range(at(rankFour)).basis.data]],
  'matrixPower 3': (at) => [[3, linalg.matrixPower(at(small), 3).data]],
  'matrixPower −2': (at) => [[-2, linalg.matrixPower(at(small), -2).data]],
  vectorNorm: (at) => [
    [0, [linalg.vectorNorm(at(right).data, 'L0')]],
    [1, (['L1', 'L2', 'Linf'] as const).map((kind) => linalg.vectorNorm(at(right).data, kind))]
  ],
  matrixNorm: (at) => {
    const kinds = ['frobenius', 'one', 'infinity', 'spectral'] as const
    return [[1, kinds.map((kind) => linalg.matrixNorm(at(tall), kind))]]
  },
  angles: (at) => {
    const [x, y] = [at(right).data.subarray(0, 50), at(right).data.subarray(50)] as const
    return [[0, [linalg.angleBetween(x, y), linalg.cosineSimilarity(x, y)]]]
  }
}

/** A zero has no sign here: what vanishes below the smallest subnormal may or may not keep it. */
const times = (numbers: ArrayLike<number>, e: number): Float64Array =>
  Float64Array.from(numbers, (value) => timesPowerOfTwo(value, e) + 0)

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof EigendeskError) return error.data.code
    throw error
  }
  return 'nothing was thrown'
}

/** −1074: multiples of the smallest subnormal. */
const EXPONENTS = [500, -500, 280, -280, 100, -100, -1074]

describe('the digits of a result do not depend on the scale of the matrix', () => {
  test.each(Object.keys(exact))('%s', (name) => {
    const work = exact[name]!
    const plain = work((a) => a)
    for (const [, numbers] of plain) expect(Array.from(numbers).every(Number.isFinite)).toBe(true)
    for (const e of EXPONENTS) {
      const wanted = plain.map(([degree, numbers]) => times(numbers, degree * e))
      const found = (): Float64Array[] => work((a) => scaled(a, e)).map(([, numbers]) => times(numbers, 0))
      if (wanted.every((numbers) => numbers.every(Number.isFinite))) expect(found(), `2^${e}`).toEqual(wanted)
      else expect(codeOf(found), `2^${e}`).toBe('OUT_OF_RANGE')
    }
  })

  test('determinant', () => {
    const plain = linalg.determinant(small)
    for (const e of EXPONENTS) {
      const { sign, logAbs, value } = linalg.determinant(scaled(small, e))
      const wanted = timesPowerOfTwo(plain.value!, small.rows * e)
      expect(sign).toBe(plain.sign)
      expect(value).toBe(Number.isFinite(wanted) ? wanted : null)
      const logarithm = plain.logAbs + small.rows * e * Math.LN2
      expect(Math.abs(logAbs - logarithm)).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(logarithm))
    }
  })

  test.each(EXPONENTS)('what iterates, or adds up singular values, keeps its ratios: × 2^%i', (e) => {
    const plain = linalg.eighTop(large, 5, { seed: 1 })
    const found = linalg.eighTop(scaled(large, e), 5, { seed: 1 })
    expectNear(found.w, times(plain.w, e), large.rows)
    // Of subnormal values too few digits are left to hold the vectors against.
    const { residual, orthogonality } = certifyPairs(large, { w: plain.w, v: found.v })
    expect(residual).toBeLessThan(10)
    expect(orthogonality).toBeLessThan(10)
    const nuclear = [scaled(tall, e), tall].map((a) => Float64Array.of(linalg.matrixNorm(a, 'nuclear')))
    expectNear(nuclear[0]!, times(nuclear[1]!, e), tall.rows)
    const conditions = [scaled(tall, e), tall].map((a) => linalg.condition(a))
    for (const key of ['largest', 'smallest'] as const) {
      expectNear(Float64Array.of(conditions[0]![key]), times([conditions[1]![key]], e), tall.rows)
    }
  })

  // Not among subnormal numbers: what these know of the matrix are its products, which are rounded there.
  test.each(EXPONENTS.filter((e) => e > -1000))('krylovSvd and randomizedSvd keep their ratios: × 2^%i', (e) => {
    const top = (a: Matrix, work: typeof linalg.krylovSvd | typeof linalg.randomizedSvd): linalg.TruncatedSvd =>
      withOperator(a, (of) => work(of, 5, { seed: 1 }))
    const krylov = top(scaled(tall, e), linalg.krylovSvd)
    const certificate = certifyTriplets(tall, { ...krylov, s: times(krylov.s, -e) })
    expect(certificate.residual).toBeLessThan(10)
    expect(certificate.orthogonality).toBeLessThan(100)
    const [found, plain] = [scaled(tall, e), tall].map((a) => top(a, linalg.randomizedSvd))
    expectNear(times(found!.s, -e), plain!.s, tall.rows)
    expectNear(times(found!.residuals, -e), plain!.residuals, tall.rows)
    expectNear(found!.u.data, plain!.u.data, tall.rows)
    expectNear(found!.vt.data, plain!.vt.data, tall.rows)
  })
})

/** Within ten n·ulp of the largest, and as many subnormals as there are numbers added up. */
function expectNear(found: Float64Array, wanted: Float64Array, n: number): void {
  expect(found).toHaveLength(wanted.length)
  const norm = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const error = found.reduce((most, value, k) => Math.max(most, Math.abs(value - wanted[k]!)), 0)
  expect(error).toBeLessThanOrEqual(10 * n * Number.EPSILON * norm + n * Number.MIN_VALUE)
}

describe('small matrices whose entries are of any size there is', () => {
  const draw = new SeededRandom(2)
  const pick = <T>(list: readonly T[]): T => list[draw.integer(list.length)]!
  const ordinary = (): number => 2 * draw.uniform() - 1
  const ofAnySize: (() => number)[] = [
    () => 0,
    () => pick([1, -1, 2]),
    ordinary,
    () => pick([5e-324, -5e-324, 1e-310, 2 ** -1022]),
    () => pick([1, -1]) * 2 ** (draw.integer(2000) - 1000),
    () => pick([Number.MAX_VALUE, -Number.MAX_VALUE, 1e308, 1e300]),
    () => ordinary() * 2 ** (draw.integer(600) - 300)
  ]
  const subnormal = (): number => 2 ** -1060 * (draw.integer(11) - 5)
  const matrix = (rows: number, columns: number): Matrix => {
    const entry = draw.uniform() < 0.3 ? subnormal : () => pick(ofAnySize)()
    return createMatrix(rows, columns, Float64Array.from({ length: rows * columns }, entry))
  }

  interface Given {
    /** any shape */
    a: Matrix
    /** the same shape */
    b: Matrix
    /** square, often symmetric */
    s: Matrix
  }
  const routines: Record<string, (given: Given) => unknown> = {
    gemm: ({ a, b }) => linalg.gemm(a, b, { transposeB: true }),
    gemv: ({ a }) => linalg.gemv(a, matrix(a.columns, 1).data, { alpha: pick(ofAnySize)(), y: matrix(a.rows, 1).data }),
    syrk: ({ a }) => linalg.syrk(a, pick(['rows', 'columns'])),
    hadamard: ({ a, b }) => linalg.hadamard(a, b),
    outer: ({ a, b }) => linalg.outer(a.data, b.data),
    multiplySparse: ({ a }) => linalg.multiplySparse(linalg.sparseOf(a), matrix(a.columns, 2)),
    multiplySparseTransposed: ({ a }) => linalg.multiplySparseTransposed(linalg.sparseOf(a), matrix(a.rows, 2)),
    lu: ({ a }) => linalg.lu(a),
    cholesky: ({ s }) => linalg.cholesky(s),
    qr: ({ a }) => linalg.qr(a, pick(['thin', 'full'])),
    tallQr: ({ a }) => linalg.tallQr(a.rows < a.columns ? createMatrix(a.columns, a.rows, a.data) : a),
    eigh: ({ s }) => linalg.eigh(s),
    eigvalsh: ({ s }) => linalg.eigvalsh(s),
    eighTop: ({ s }) => linalg.eighTop(s, 1),
    eig: ({ s }) => linalg.eig(s),
    eigenvalues: ({ s }) => linalg.eigenvalues(s),
    svd: ({ a }) => linalg.svd(a, { vectors: pick(['thin', 'full']) }),
    singularValues: ({ a }) => linalg.singularValues(a),
    krylovSvd: ({ a }) => withOperator(a, (of) => linalg.krylovSvd(of, Math.min(a.rows, a.columns), { seed: 1 })),
    randomizedSvd: ({ a }) =>
      withOperator(a, (of) => linalg.randomizedSvd(of, Math.min(a.rows, a.columns), { seed: 1 })),
    solve: ({ s }) => linalg.solve(s, matrix(s.rows, 2)),
    leastSquares: ({ a }) => linalg.leastSquares(a, matrix(a.rows, 2)),
    inverse: ({ s }) => linalg.inverse(s),
    pinv: ({ a }) => linalg.pinv(a),
    determinant: ({ s }) => {
      // The logarithm of 0 is the one infinity that is promised.
      const { sign, logAbs, value } = linalg.determinant(s)
      return sign === 0 && logAbs === -Infinity ? value : [logAbs, value]
    },
    trace: ({ s }) => linalg.trace(s),
    rank: ({ a }) => linalg.rank(a),
    condition: ({ a }) => linalg.condition(a),
    estimateCondition: ({ s }) => linalg.estimateCondition(s),
    nullSpace: ({ a }) => linalg.nullSpace(a),
    range: ({ a }) => linalg.range(a),
    matrixPower: ({ s }) => linalg.matrixPower(s, pick([-3, -1, 2, 5, 17])),
    vectorNorm: ({ a }) => linalg.vectorNorm(a.data, pick(['L0', 'L1', 'L2', 'Linf'])),
    matrixNorm: ({ a }) => linalg.matrixNorm(a, pick(['frobenius', 'one', 'infinity', 'spectral', 'nuclear'])),
    angleBetween: ({ a, b }) => linalg.angleBetween(a.data, b.data),
    cosineSimilarity: ({ a, b }) => linalg.cosineSimilarity(a.data, b.data),
    checkSymmetric: ({ s }) => linalg.checkSymmetric(s),
    checkOrthogonal: ({ a }) => linalg.checkOrthogonal(a),
    checkPositiveDefinite: ({ s }) => linalg.checkPositiveDefinite(s)
  }

  test.each(Object.keys(routines))('%s is finite, or says what is wrong', (name) => {
    let answers = 0
    for (let count = 0; count < 400; count++) {
      const [m, n] = [1 + draw.integer(6), 1 + draw.integer(6)]
      const square = matrix(n, n)
      const given = { a: matrix(m, n), b: matrix(m, n), s: draw.uniform() < 0.6 ? mirrored(square) : square }
      const report = { given: [given.a, given.b, given.s].map(({ data }) => [...data]), m, n }
      try {
        expect(firstNotFinite(routines[name]!(given)), JSON.stringify(report)).toBeUndefined()
        answers++
      } catch (error) {
        if (!(error instanceof EigendeskError)) throw error
        const { code, message } = error.data
        expect(['OUT_OF_RANGE', 'SINGULAR', 'NOT_POSITIVE_DEFINITE'], JSON.stringify(report)).toContain(code)
        expect(message).not.toMatch(/NaN|undefined|Infinity/)
      }
    }
    expect(answers).toBeGreaterThan(40)
  })
})

/** The first number that is not finite in a result, wherever it lies. */
function firstNotFinite(result: unknown): number | undefined {
  if (typeof result === 'number') return Number.isFinite(result) ? undefined : result
  if (typeof result !== 'object' || result === null) return undefined
  for (const part of ArrayBuffer.isView(result) ? (result as Float64Array) : Object.values(result)) {
    const found = firstNotFinite(part)
    if (found !== undefined) return found
  }
  return undefined
}
