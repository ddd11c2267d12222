import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMatrix, matrixOf } from '../../../core/linalg/matrix.ts'
import { qr } from '../../../core/linalg/qr.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { identityOf, orthogonalityRatio, product, randomMatrix, residualRatio } from './ratios.ts'
import { recording, stoppingAt } from './watches.ts'

const modes = ['thin', 'full'] as const

describe('qr', () => {
  test('Golub & Van Loan’s kind of example: columns of integers with integer lengths', () => {
    // A = Q·R with Q = [2 −2 1; 1 2 2; 2 1 −2]/3 and R = [3 3 6; 0 3 9; 0 0 3], multiplied by hand.
    const { q, r } = qr(
      matrixOf([
        [2, 0, -1],
        [1, 3, 10],
        [2, 3, 5]
      ])
    )
    const wanted = [3, 3, 6, 0, 3, 9, 0, 0, 3]
    r.data.forEach((value, at) => expect(value).toBeCloseTo(wanted[at]!, 13))
    const unit = [2, -2, 1, 1, 2, 2, 2, 1, -2]
    q.data.forEach((value, at) => expect(value).toBeCloseTo(unit[at]! / 3, 14))
  })

  test('factors every shape, around the widths of panels and blocks', () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 7 }), fc.constantFrom(16, 17, 48, 49, 97, 130))
    fc.assert(
      fc.property(size, size, fc.constantFrom(...modes), fc.integer({ min: 0, max: 999 }), (m, n, mode, seed) => {
        const a = randomMatrix(m, n, new SeededRandom(seed))
        const { q, r } = qr(a, mode)
        const width = mode === 'full' ? m : Math.min(m, n)
        expect([q.rows, q.columns, r.rows, r.columns]).toEqual([m, width, width, n])
        expect(residualRatio(a, product(q, r))).toBeLessThan(10)
        expect(orthogonalityRatio(q)).toBeLessThan(10)
        for (let i = 0; i < width; i++) {
          for (let j = 0; j < Math.min(i, n); j++) expect(r.data[i * n + j]).toBe(0)
          if (i < n) expect(r.data[i * n + i]).toBeGreaterThanOrEqual(0)
        }
      }),
      { seed: 4, numRuns: 80 }
    )
  })

  test.each([2 ** 500, 2 ** -500])('a matrix times %s has the same Q, and R times it, to the bit', (factor) => {
    const a = randomMatrix(60, 40, new SeededRandom(5))
    const scaled = createMatrix(
      60,
      40,
      a.data.map((value) => value * factor)
    )
    const plain = qr(a)
    const other = qr(scaled)
    expect(other.q.data).toEqual(plain.q.data)
    expect(other.r.data).toEqual(plain.r.data.map((value) => value * factor))
  })

  test('columns of very different sizes, subnormal ones among them, keep Q orthogonal', () => {
    const a = randomMatrix(30, 20, new SeededRandom(6))
    for (let at = 0; at < 600; at++) a.data[at]! *= 10 ** (-17 * (at % 20))
    const { q, r } = qr(a)
    expect(orthogonalityRatio(q)).toBeLessThan(10)
    expect(residualRatio(a, product(q, r))).toBeLessThan(10)
  })

  test('zeros, and columns that repeat each other, give finite factors', () => {
    const zero = qr(createMatrix(4, 3), 'full')
    expect(zero.q.data).toEqual(identityOf(4).data)
    expect(zero.r.data.every((value) => value === 0)).toBe(true)
    const ones = createMatrix(50, 50, new Float64Array(2500).fill(1))
    const { q, r } = qr(ones)
    expect(orthogonalityRatio(q)).toBeLessThan(10)
    expect(residualRatio(ones, product(q, r))).toBeLessThan(10)
  })

  test('without columns the full Q is the identity', () => {
    expect(qr(createMatrix(3, 0), 'full').q.data).toEqual(identityOf(3).data)
    expect(qr(createMatrix(3, 0)).q.columns).toBe(0)
    expect(qr(createMatrix(0, 3)).r).toEqual(createMatrix(0, 3))
  })

  test('refuses what is not finite, and an R too large for a double', () => {
    expect(() => qr(matrixOf([[1, 2], [3, NaN]]))).toThrow('row 2, column 2') // prettier-ignore
    expect(() => qr(matrixOf([[1.7e308], [1.7e308]]))).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'OUT_OF_RANGE' }) as unknown })
    )
  })

  test('can be stopped, and tells how far it is', () => {
    const a = randomMatrix(200, 200, new SeededRandom(7))
    expect(() => qr(a, 'thin', stoppingAt(1))).toThrow('stopped')
    const { watch, seen } = recording()
    qr(a, 'thin', watch)
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual(seen.toSorted((x, y) => x - y))
  })
})
