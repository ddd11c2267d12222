import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { determinant } from '../../../core/linalg/determinant.ts'
import { inverse } from '../../../core/linalg/inverse.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { matrixPower } from '../../../core/linalg/matrix-power.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { solve } from '../../../core/linalg/solve.ts'
import { trace } from '../../../core/linalg/trace.ts'
import { identityOf, minus, oneNorm, product, randomMatrix, ULP } from './ratios.ts'

/** 1/(i + j + 1), counted from 0. */
const hilbert = (n: number): Matrix =>
  createMatrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, at) => 1 / (Math.floor(at / n) + (at % n) + 1))
  )

/** Its exact inverse, integers. Source: Knuth, The Art of Computer Programming 1, §1.2.3, exercise 45. */
function inverseHilbert(n: number): Matrix {
  const binomial = (a: number, b: number): number => {
    let result = 1
    for (let i = 1; i <= b; i++) result = (result * (a - b + i)) / i
    return result
  }
  const entries = Float64Array.from({ length: n * n }, (_, at) => {
    const i = Math.floor(at / n) + 1
    const j = (at % n) + 1
    const size = (i + j - 1) * binomial(n + i - 1, n - j) * binomial(n + j - 1, n - i) * binomial(i + j - 2, i - 1) ** 2
    return (i + j) % 2 === 0 ? size : -size
  })
  return createMatrix(n, n, entries)
}

/** Elimination doubles its last column at each step. Source: Higham, Accuracy and Stability, §9.4. */
function wilkinson(n: number, scale: number): Matrix {
  const entry = (i: number, j: number): number => (j === n - 1 || i === j ? scale : j < i ? -scale : 0)
  return createMatrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n))
  )
}

const solvable = fc.record({ n: fc.integer({ min: 1, max: 40 }), seed: fc.integer({ min: 0, max: 9999 }) })

describe('solve', () => {
  test('integers, with an exchange of rows', () => {
    const { x } = solve(matrixOf([[0, 2], [4, 2]]), matrixOf([[2, 6], [10, 2]])) // prettier-ignore
    expect([...x.data]).toEqual([2, -1, 1, 3])
  })

  test('every equation within rounding, for one right side and for many', () => {
    fc.assert(
      fc.property(solvable, fc.constantFrom(1, 3, 50), ({ n, seed }, p) => {
        const random = new SeededRandom(seed)
        const a = randomMatrix(n, n, random)
        const b = randomMatrix(n, p, random)
        const { x } = solve(a, b)
        const residual = oneNorm(minus(b, product(a, x)))
        expect(residual / (n * ULP * oneNorm(a) * oneNorm(x))).toBeLessThan(10)
      }),
      { seed: 31, numRuns: 80 }
    )
  })

  test('the condition of a Hilbert matrix is estimated well', () => {
    // ‖H‖₁·‖H⁻¹‖₁ from the exact inverse; 29070279.0 for n = 6 stands in Higham, Accuracy and Stability, §28.1.
    const exact = oneNorm(hilbert(6)) * oneNorm(inverseHilbert(6))
    expect(exact).toBeCloseTo(29070279, 0)
    const { reciprocalCondition } = solve(hilbert(6), identityOf(6))
    expect(reciprocalCondition * exact).toBeGreaterThan(0.99)
    expect(reciprocalCondition * exact).toBeLessThan(3)
  })

  test('refinement solves a badly scaled system that elimination alone gets wrong', () => {
    const a = matrixOf([[1e-10, 1], [1, 1]]) // prettier-ignore
    const { x } = solve(a, matrixOf([[1 + 1e-10], [2]]))
    expect(x.data[0]).toBeCloseTo(1, 14)
    expect(x.data[1]).toBeCloseTo(1, 14)
  })

  test('numbers from both ends of the range', () => {
    const { x } = solve(matrixOf([[2 ** 990, 0], [0, 2 ** -990]]), matrixOf([[1], [1]])) // prettier-ignore
    expect([...x.data]).toEqual([2 ** -990, 2 ** 990])
    expect(solve(matrixOf([[2 ** -1074]]), matrixOf([[2 ** -1070]])).x.data[0]).toBe(16)
    expect(solve(matrixOf([[2 ** 1020]]), matrixOf([[2 ** 1023]])).x.data[0]).toBe(8)
  })

  test('a singular matrix is refused at its pivot, with its condition', () => {
    const singular = matrixOf([[1, 2], [2, 4]]) // prettier-ignore
    expect(() => solve(singular, matrixOf([[1], [1]]))).toThrow('singular at pivot 2: its reciprocal condition is 0')
    expect(() => solve(createMatrix(1, 1), createMatrix(1, 1))).toThrow('singular at pivot 1')
    // 2^−1000 is no 0, but 2^400 over it is no double.
    const near = matrixOf([[1, 0], [0, 2 ** -1000]]) // prettier-ignore
    const told = 'singular at pivot 2: its reciprocal condition is 9.3e-302.'
    expect(() => solve(near, matrixOf([[1], [2 ** 400]]))).toThrow(told)
  })

  test('numbers that grow beyond the range on the way are brought down first', () => {
    const growing = wilkinson(60, 2 ** 1000)
    const { x } = solve(growing, createMatrix(60, 1, new Float64Array(60).fill(2 ** 1000)))
    expect([...x.data]).toEqual([...identityOf(60).data.subarray(59 * 60)])
    const { sign, logAbs, value } = determinant(growing)
    expect([sign, value]).toEqual([1, null])
    expect(logAbs).toBeCloseTo((59 + 60 * 1000) * Math.LN2, 9)
    expect(determinant(wilkinson(60, 2 ** -10))).toEqual({ sign: 1, logAbs: -541 * Math.LN2, value: 2 ** -541 })
    expect(() => determinant(wilkinson(1100, 1))).toThrow('U of an LU decomposition')
  })

  test('a solution out of range is told', () => {
    expect(() => solve(matrixOf([[2 ** -600]]), matrixOf([[2 ** 600]]))).toThrow('too large')
  })

  test('sizes of zero, shapes that do not agree, and what is not finite', () => {
    expect(solve(createMatrix(0, 0), createMatrix(0, 2))).toEqual({ x: createMatrix(0, 2), reciprocalCondition: 1 })
    expect(solve(identityOf(2), createMatrix(2, 0)).x).toEqual(createMatrix(2, 0))
    expect(() => solve(identityOf(2), createMatrix(3, 1))).toThrow('2 × 2 and 3 × 1')
    expect(() => solve(createMatrix(2, 3), createMatrix(2, 1))).toThrow('2 × 3')
    expect(() => solve(identityOf(2), matrixOf([[1], [NaN]]))).toThrow('row 2, column 1 of the right sides')
  })
})

describe('inverse', () => {
  test.each([1, 3, 6, 8])('of the Hilbert matrix of order %i, as near as its condition allows', (n) => {
    const exact = inverseHilbert(n)
    const error = oneNorm(minus(inverse(hilbert(n)), exact)) / oneNorm(exact)
    expect(error).toBeLessThan(n * ULP * oneNorm(hilbert(n)) * oneNorm(exact))
  })

  test('is an inverse from the right', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 31, 32, 33, 65, 120), fc.integer({ min: 0, max: 999 }), (n, seed) => {
        const a = randomMatrix(n, n, new SeededRandom(seed))
        const x = inverse(a)
        const error = oneNorm(minus(identityOf(n), product(a, x)))
        expect(error / (n * ULP * oneNorm(a) * oneNorm(x))).toBeLessThan(10)
      }),
      { seed: 32, numRuns: 40 }
    )
  })

  test('exact cases, sizes of zero, scales and refusals', () => {
    expect(Array.from(inverse(matrixOf([[0, 2], [-4, 0]])).data, (x) => x + 0)).toEqual([0, -0.25, 0.5, 0]) // prettier-ignore
    expect(inverse(createMatrix(0, 0))).toEqual(createMatrix(0, 0))
    expect(inverse(matrixOf([[2 ** 1000]])).data[0]).toBe(2 ** -1000)
    expect(inverse(matrixOf([[2 ** -1000]])).data[0]).toBe(2 ** 1000)
    expect(() => inverse(matrixOf([[2 ** -1060]]))).toThrow('too large')
    expect(() => inverse(matrixOf([[1, 1], [1, 1]]))).toThrow('singular at pivot 2') // prettier-ignore
    // 2^−1070 beside 1: the inverse has an entry that no double holds.
    expect(() => inverse(matrixOf([[1, 0], [0, 2 ** -1070]]))).toThrow('singular at pivot 2') // prettier-ignore
    expect(() => inverse(createMatrix(2, 3))).toThrow('2 × 3')
    expect(() => inverse(matrixOf([[NaN]]))).toThrow('row 1, column 1')
  })
})

describe('determinant', () => {
  test('exact small cases', () => {
    expect(determinant(createMatrix(0, 0))).toEqual({ sign: 1, logAbs: 0, value: 1 })
    expect(determinant(matrixOf([[0, 1], [1, 0]]))).toEqual({ sign: -1, logAbs: 0, value: -1 }) // prettier-ignore
    expect(determinant(matrixOf([[2, 1], [4, 2]]))).toEqual({ sign: 0, logAbs: -Infinity, value: 0 }) // prettier-ignore
    expect(determinant(matrixOf([[3]])).value).toBe(3)
  })

  test('of a Vandermonde matrix: the product of the differences of its nodes', () => {
    const nodes = [1, 2, 4, 7, 11]
    const v = matrixOf(nodes.map((x) => nodes.map((_, k) => x ** k)))
    let exact = 1
    nodes.forEach((x, i) => nodes.slice(0, i).forEach((y) => (exact *= x - y)))
    expect(determinant(v).value! / exact).toBeCloseTo(1, 12)
  })

  test('of the Hilbert matrix of order 6: 1/186313420339200000', () => {
    // OEIS A005249: reciprocals of the determinants of the Hilbert matrices.
    expect(determinant(hilbert(6)).value! * 186313420339200000).toBeCloseTo(1, 8)
  })

  test('beyond the range of doubles the logarithm remains', () => {
    const large = createMatrix(
      200,
      200,
      Float64Array.from(identityOf(200).data, (x) => 1e10 * x)
    )
    const { sign, logAbs, value } = determinant(large)
    expect([sign, value]).toEqual([1, null])
    expect(logAbs).toBeCloseTo(2000 * Math.LN10, 9)
    const small = determinant(
      createMatrix(
        200,
        200,
        Float64Array.from(large.data, (x) => x / 1e20)
      )
    )
    expect([small.sign, small.value]).toEqual([1, 0])
    expect(small.logAbs).toBeCloseTo(-2000 * Math.LN10, 9)
    expect(determinant(matrixOf([[2 ** -1074]])).value).toBe(2 ** -1074)
  })

  test('of a product is the product of determinants', () => {
    fc.assert(
      fc.property(solvable, ({ n, seed }) => {
        const random = new SeededRandom(seed)
        const a = randomMatrix(n, n, random)
        const b = randomMatrix(n, n, random)
        const [da, db, both] = [determinant(a), determinant(b), determinant(product(a, b))]
        const condition = (x: Matrix): number => oneNorm(x) * oneNorm(inverse(x))
        const error = Math.abs(Math.expm1(both.logAbs - da.logAbs - db.logAbs))
        expect(both.sign).toBe(da.sign * db.sign)
        expect(error).toBeLessThan(n * ULP * (condition(a) + condition(b) + condition(product(a, b)) + 10))
      }),
      { seed: 33, numRuns: 60 }
    )
  })

  test('refusals', () => {
    expect(() => determinant(createMatrix(2, 3))).toThrow('2 × 3')
    expect(() => determinant(matrixOf([[Infinity]]))).toThrow('row 1, column 1')
  })
})

describe('trace', () => {
  test('sums the diagonal, also where large terms cancel', () => {
    expect(trace(createMatrix(0, 0))).toBe(0)
    expect(trace(matrixOf([[1, 9], [9, 2]]))).toBe(3) // prettier-ignore
    expect(trace(matrixOf([[1e16, 0, 0], [0, 1, 0], [0, 0, -1e16]]))).toBe(1) // prettier-ignore
    const most = Number.MAX_VALUE
    expect(trace(matrixOf([[most, 0, 0], [0, most, 0], [0, 0, -most]]))).toBe(most) // prettier-ignore
    expect(() => trace(matrixOf([[most, 0], [0, most]]))).toThrow('too large') // prettier-ignore
    expect(() => trace(createMatrix(1, 2))).toThrow('1 × 2')
    expect(() => trace(matrixOf([[NaN]]))).toThrow('row 1, column 1')
    expect(trace(matrixOf([[2 ** -1074]]))).toBe(2 ** -1074)
    expect(trace(matrixOf([[2 ** -1074, most], [0, 0]]))).toBe(2 ** -1074) // prettier-ignore
  })
})

describe('matrixPower', () => {
  const fibonacci = matrixOf([[1, 1], [1, 0]]) // prettier-ignore

  test('Fibonacci numbers are exact up to F₇₈, forwards and backwards', () => {
    // F₇₆, F₇₇, F₇₈ (OEIS A000045); F₇₈ is the last below 2⁵³.
    expect([...matrixPower(fibonacci, 77).data]).toEqual([
      8944394323791464, 5527939700884757, 5527939700884757, 3416454622906707
    ])
    expect([...matrixPower(fibonacci, -4).data]).toEqual([2, -3, -3, 5])
  })

  test('powers 0 and 1, of the zero matrix and of none', () => {
    expect(matrixPower(fibonacci, 1)).toEqual(fibonacci)
    expect(matrixPower(createMatrix(2, 2), 0)).toEqual(identityOf(2))
    expect(matrixPower(createMatrix(2, 2), 3)).toEqual(createMatrix(2, 2))
    expect(matrixPower(createMatrix(0, 0), -3)).toEqual(createMatrix(0, 0))
  })

  test('adds exponents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.integer(), (p, q, seed) => {
        const a = randomMatrix(6, 6, new SeededRandom(seed))
        const whole = matrixPower(a, p + q)
        const parts = product(matrixPower(a, p), matrixPower(a, q))
        expect(oneNorm(minus(whole, parts))).toBeLessThan(1e-12 * oneNorm(a) ** (p + q))
      }),
      { seed: 34, numRuns: 50 }
    )
  })

  test('the range of doubles, on both sides', () => {
    expect(matrixPower(matrixOf([[2 ** 500]]), 2).data[0]).toBe(2 ** 1000)
    expect(matrixPower(matrixOf([[2 ** -500]]), -2).data[0]).toBe(2 ** 1000)
    expect(matrixPower(matrixOf([[0.5]]), 1e15).data[0]).toBe(0)
    expect(matrixPower(matrixOf([[0, 2 ** 200], [2 ** -200, 0]]), 7).data).toEqual(
      Float64Array.of(0, 2 ** 200, 2 ** -200, 0)
    ) // prettier-ignore
    expect(() => matrixPower(matrixOf([[2]]), 1e15)).toThrow('too large')
    expect(() => matrixPower(matrixOf([[2]]), 1024)).toThrow('too large')
  })

  test('refusals', () => {
    expect(() => matrixPower(fibonacci, 1.5)).toThrow('not an integer')
    expect(() => matrixPower(createMatrix(2, 3), 2)).toThrow('2 × 3')
    expect(() => matrixPower(matrixOf([[1, 1], [1, 1]]), -1)).toThrow('singular at pivot 2') // prettier-ignore
    expect(() => matrixPower(matrixOf([[NaN]]), 2)).toThrow('row 1, column 1')
  })
})
