import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { divideAndConquer } from '../../../core/linalg/divide-and-conquer.ts'
import { eigh } from '../../../core/linalg/eigh.ts'
import { eigvalsh } from '../../../core/linalg/eigvalsh.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { panelOf } from '../../../core/linalg/panel.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { tridiagonalEigh } from '../../../core/linalg/tridiagonal-eigh.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { certifyEigh } from '../../zoo/eigh-certificate.ts'
import { randomSymmetric, tridiagonalMatrix } from '../../zoo/symmetric-matrices.ts'
import { recording, stoppingAt } from './watches.ts'

/** A symmetric matrix of order 1–12; entries are often 0, equal, or far apart in size. */
const symmetric = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc
    .array(
      fc.oneof(
        fc.double({ min: -1e100, max: 1e100, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.constantFrom(0, 1, -1, 5e-324, 1e-200)
      ),
      { minLength: (n * (n + 1)) / 2, maxLength: (n * (n + 1)) / 2 }
    )
    .map((entries) => {
      const a = new Float64Array(n * n)
      let next = 0
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = entries[next++]!
      return createMatrix(n, n, a)
    })
)

/** Diagonals of order 33–150, which takes merges; few different entries, so that much deflates. */
const tridiagonal = fc.integer({ min: 33, max: 150 }).chain((n) => {
  const entry = fc.oneof(fc.constantFrom(0, 1, -1, 1e-9, 1e-16, 1e-300), fc.double({ min: -1, max: 1, noNaN: true }))
  const diagonal = fc.array(entry, { minLength: n, maxLength: n })
  return fc
    .record({ d: diagonal, e: diagonal })
    .map(({ d, e }) => ({ d: Float64Array.from(d), e: Float64Array.from(e) }))
})

const columnOf = ({ rows, columns, data }: Matrix, k: number): number[] =>
  Array.from({ length: rows }, (_, i) => data[i * columns + k]!)

describe('eigh', () => {
  test('any symmetric matrix: A = V diag(w) Vᵀ, VᵀV = I, descending, signs, input unmodified, same bits again', () => {
    fc.assert(
      fc.property(symmetric, (a) => {
        const n = a.rows
        const before = a.data.slice()
        const { w, v } = eigh(a)
        expect(a.data).toEqual(before)
        const { residual, orthogonality } = certifyEigh(a.data, n, w, v.data)
        expect(residual).toBeLessThan(10)
        expect(orthogonality).toBeLessThan(10)
        for (let k = 0; k < n; k++) {
          if (k > 0) expect(w[k]).toBeLessThanOrEqual(w[k - 1]!)
          const vector = columnOf(v, k)
          const largest = Math.max(...vector.map(Math.abs))
          expect(vector.find((entry) => Math.abs(entry) === largest)).toBeGreaterThan(0)
        }
        expect(eigh(a)).toEqual({ w, v })
      }),
      { seed: 1, numRuns: 300 }
    )
  })

  test('[[2, 1], [1, 2]] has eigenvalues 3 and 1 (characteristic polynomial λ² − 4λ + 3)', () => {
    const { w, v } = eigh(matrixOf([[2, 1], [1, 2]])) // prettier-ignore
    expect(w[0]).toBeCloseTo(3, 14)
    expect(w[1]).toBeCloseTo(1, 14)
    expect(v.data[0]).toBeCloseTo(Math.SQRT1_2, 14)
  })

  test('the second difference matrix has eigenvalues 2 − 2 cos(kπ/(n+1)) (Strang, Introduction to Linear Algebra, §6.4)', () => {
    const n = 150
    const d = new Float64Array(n).fill(2)
    const e = new Float64Array(n - 1).fill(-1)
    const a = createMatrix(n, n, tridiagonalMatrix(d, e))
    for (const w of [eigh(a).w, eigvalsh(a), tridiagonalEigh(d, e).w]) {
      for (let k = 1; k <= n; k++) {
        expect(Math.abs(w[n - k]! - (2 - 2 * Math.cos((k * Math.PI) / (n + 1))))).toBeLessThan(4e-15 * 10)
      }
    }
  })

  test('the exchange matrix has eigenvalues 1 and −1, half of them each, and eigenvectors (eᵢ ± eₙ₋ᵢ)/√2', () => {
    const n = 70
    const a = createMatrix(n, n)
    for (let i = 0; i < n; i++) a.data[i * n + (n - 1 - i)] = 1
    const { w, v } = eigh(a)
    w.forEach((value, k) => expect(value).toBeCloseTo(k < n / 2 ? 1 : -1, 13))
    for (let k = 0; k < n; k++) {
      const vector = columnOf(v, k)
      vector.forEach((entry, i) => expect(entry).toBeCloseTo(w[k]! * vector[n - 1 - i]!, 13))
    }
  })

  test('a diagonal matrix keeps its entries to the last bit, and its vectors are unit vectors', () => {
    const random = new SeededRandom(4)
    for (const n of [5, 33, 100]) {
      const d = Float64Array.from({ length: n }, () => random.normal())
      const { w, v } = eigh(createMatrix(n, n, tridiagonalMatrix(d, new Float64Array(n - 1))))
      expect(w).toEqual(d.slice().sort().reverse())
      expect(v.data.filter((entry) => entry === 1)).toHaveLength(n)
      expect(v.data.filter((entry) => entry === 0)).toHaveLength(n * n - n)
    }
  })

  test('reads the lower triangle only', () => {
    const n = 40
    const a = randomSymmetric(n, new SeededRandom(2))
    const clean = eigh(createMatrix(n, n, a))
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) a[i * n + j] = NaN
    expect(eigh(createMatrix(n, n, a))).toEqual(clean)
    expect(Math.abs(eigvalsh(createMatrix(n, n, a))[0]! - clean.w[0]!)).toBeLessThan(1e-13)
  })

  test('order 0 and 1', () => {
    expect(eigh(createMatrix(0, 0))).toEqual({ w: new Float64Array(0), v: createMatrix(0, 0) })
    expect(eigh(matrixOf([[-7]]))).toEqual({ w: Float64Array.of(-7), v: matrixOf([[1]]) })
    expect(eigvalsh(createMatrix(0, 0))).toEqual(new Float64Array(0))
    expect(eigvalsh(matrixOf([[-7]]))).toEqual(Float64Array.of(-7))
  })

  test.each([500, -500, 1000, -1040, -1068])('times 2^%d: the same vectors, and the values times as much', (power) => {
    const n = 70
    const random = new SeededRandom(9)
    const a = createMatrix(n, n)
    // Integers below 64 are exact as subnormals too.
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) a.data[i * n + j] = a.data[j * n + i] = random.integer(127) - 63
    }
    const times = (x: number): number => x * 2 ** (power / 2) * 2 ** (power / 2)
    const { w, v } = eigh(a)
    const scaled = createMatrix(n, n, a.data.map(times))
    expect(eigh(scaled)).toEqual({ w: w.map(times), v })
    expect(eigvalsh(scaled)).toEqual(eigvalsh(a).map(times))
  })

  test('a column far smaller than the rest of the matrix is reflected without underflow', () => {
    const a = matrixOf([
      [1, 0, 0, 0],
      [0, 0, 3e-140, 4e-140],
      [0, 3e-140, 0, 0],
      [0, 4e-140, 0, 0]
    ])
    const { w, v } = eigh(a)
    expect(w[0]).toBe(1)
    expect(w[1]! / 5e-140).toBeCloseTo(1, 14)
    expect(v.data[1 * 4 + 1]).toBeCloseTo(Math.SQRT1_2, 14)
  })

  test('a negative largest entry is turned positive, the first of equals counts', () => {
    const { v } = eigh(matrixOf([[1, -1], [-1, 1]])) // prettier-ignore
    expect(v.data[0]).toBeGreaterThan(0)
    expect(v.data[2]).toBeLessThan(0)
  })

  test.each([NaN, Infinity, -Infinity])('%d is refused with its row and column', (bad) => {
    const a = matrixOf([
      [1, NaN, 0],
      [0, 1, 0],
      [0, bad, 1]
    ])
    for (const work of [eigh, eigvalsh]) {
      const error = thrownBy(() => work(a))
      expect(error.data.code).toBe('NON_FINITE')
      expect(error.data.message).toContain('row 3, column 2')
      // Also where finite rows follow.
      expect(() => work(matrixOf([[bad, 0], [0, 1]]))).toThrow('row 1, column 1') // prettier-ignore
    }
  })

  test('a matrix that is not square is refused with its shape', () => {
    for (const work of [eigh, eigvalsh]) {
      const error = thrownBy(() => work(createMatrix(2, 3)))
      expect(error.data.code).toBe('SHAPE_MISMATCH')
      expect(error.data.message).toContain('2 × 3')
    }
  })

  test('an eigenvalue beyond the largest double is refused', () => {
    const a = createMatrix(2, 2, new Float64Array(4).fill(1.5e308))
    for (const work of [eigh, eigvalsh]) expect(thrownBy(() => work(a)).data.code).toBe('OUT_OF_RANGE')
  })

  test('stops where the checkpoint throws, wherever that is, and works again afterwards', () => {
    const n = 100
    const a = createMatrix(n, n, randomSymmetric(n, new SeededRandom(3)))
    const whole = eigh(a)
    for (const work of [eigh, eigvalsh]) {
      const { watch, looks } = recording()
      work(a, watch)
      expect(looks()).toBeGreaterThan(n)
      for (let look = 1; look <= looks(); look++) {
        const stopping = stoppingAt(look, new EigendeskError('CANCELLED'))
        expect(thrownBy(() => work(a, stopping)).data.code).toBe('CANCELLED')
      }
    }
    expect(eigh(a)).toEqual(whole)
  })

  test('progress rises from 0 to 1', () => {
    const a = createMatrix(100, 100, randomSymmetric(100, new SeededRandom(3)))
    for (const work of [eigh, eigvalsh]) {
      const { watch, seen } = recording()
      work(a, watch)
      expect(seen[0]).toBeGreaterThanOrEqual(0)
      expect(seen).toEqual(seen.slice().sort((x, y) => x - y))
      expect(seen.at(-1)).toBe(1)
    }
  })
})

describe('tridiagonalEigh', () => {
  test('any tridiagonal matrix: T = Qᵀ diag(w) Q, QQᵀ = I, descending, input unmodified', () => {
    fc.assert(
      fc.property(tridiagonal, ({ d, e }) => {
        const n = d.length
        const before = [d.slice(), e.slice()]
        const { w, q } = tridiagonalEigh(d, e)
        expect([d, e]).toEqual(before)
        const v = Float64Array.from(q.data, (_, at) => q.data[(at % n) * n + Math.floor(at / n)]!)
        const a = tridiagonalMatrix(d, e.subarray(0, n - 1))
        const { residual, orthogonality } = certifyEigh(a, n, w, v)
        expect(residual).toBeLessThan(10)
        expect(orthogonality).toBeLessThan(10)
        expect(w).toEqual(w.slice().sort().reverse())
        const values = eigvalsh(createMatrix(n, n, a))
        const scale = n * Number.EPSILON * Math.max(w[0]!, -w[n - 1]!)
        w.forEach((value, k) => expect(Math.abs(values[k]! - value)).toBeLessThanOrEqual(10 * scale))
      }),
      { seed: 2, numRuns: 60 }
    )
  })

  test('order 0 and 1', () => {
    expect(tridiagonalEigh(new Float64Array(0), new Float64Array(0))).toEqual({
      w: new Float64Array(0),
      q: createMatrix(0, 0)
    })
    expect(tridiagonalEigh(Float64Array.of(-3), new Float64Array(0))).toEqual({
      w: Float64Array.of(-3),
      q: matrixOf([[1]])
    })
  })

  test('says which entry is not finite, which lengths do not match, and what is out of range', () => {
    const bad = thrownBy(() => tridiagonalEigh(Float64Array.of(1, 2), Float64Array.of(Infinity)))
    expect(bad.data.code).toBe('NON_FINITE')
    expect(bad.data.message).toContain('Entry 1 of the second diagonal')
    expect(thrownBy(() => tridiagonalEigh(new Float64Array(3), new Float64Array(1))).data.code).toBe('SHAPE_MISMATCH')
    const large = thrownBy(() => tridiagonalEigh(Float64Array.of(1.5e308, 1.5e308), Float64Array.of(1.5e308)))
    expect(large.data.code).toBe('OUT_OF_RANGE')
  })

  test('both iterations give up where they do not converge', () => {
    const { memory, run } = kernels()
    memory.frame(() => {
      const d = memory.allocate(2).fill(NaN)
      const e = memory.allocate(2).fill(NaN)
      const q = panelOf(memory.zeros(4), 2, 2)
      expect(run.rootFreeQl(2, d.byteOffset, e.byteOffset, 0, 1000)).toBe(-1)
      const { code, message } = thrownBy(() => divideAndConquer(d, e, q, unwatched)).data
      expect(code).toBe('NO_CONVERGENCE')
      expect(message).toBe('The iteration did not settle after 960 sweeps.')
    })
  })
})

function thrownBy(work: () => unknown): EigendeskError {
  try {
    work()
  } catch (error) {
    if (error instanceof EigendeskError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
