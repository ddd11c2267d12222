import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { qr } from '../../../core/linalg/qr.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { tallQr } from '../../../core/linalg/tall-qr.ts'
import { minus, oneNorm, orthogonalityRatio, product, randomMatrix, residualRatio, ULP } from './ratios.ts'
import { stoppingAt } from './watches.ts'

// One block, two, several, and a tree of more than two levels: 65536 / n rows make a block, 4n the next.
const shape = fc.constantFrom<[number, number]>(
  [0, 0],
  [5, 0],
  [1, 1],
  [7, 7],
  [9, 4],
  [400, 33],
  [2000, 40],
  [5000, 40],
  [30011, 20],
  [140001, 3]
)

describe('tallQr', () => {
  test('factors tall matrices, R with a diagonal that is not negative', () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 0, max: 999 }), ([m, n], seed) => {
        const a = randomMatrix(m, n, new SeededRandom(seed))
        const { q, r } = tallQr(a)
        expect([q.rows, q.columns, r.rows, r.columns]).toEqual([m, n, n, n])
        expect(residualRatio(a, product(q, r))).toBeLessThan(10)
        expect(orthogonalityRatio(q)).toBeLessThan(10)
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < i; j++) expect(r.data[i * n + j]).toBe(0)
          expect(r.data[i * n + i]).toBeGreaterThanOrEqual(0)
        }
      }),
      { seed: 61, numRuns: 30 }
    )
  })

  test('gives the factors of the plain decomposition, which are the only ones of full rank', () => {
    const a = randomMatrix(6000, 30, new SeededRandom(62))
    const part: Matrix = createMatrix(400, 30, a.data.slice(0, 12000))
    const [tall, plain] = [tallQr(part), qr(part)]
    expect(oneNorm(minus(tall.q, plain.q))).toBeLessThan(1e-12)
    expect(oneNorm(minus(tall.r, plain.r))).toBeLessThan(1e-12 * oneNorm(plain.r))
    expect(qr(a)).toEqual(tallQr(a))
  })

  test('more than 96 columns are factored as by qr', () => {
    const a = randomMatrix(250, 120, new SeededRandom(63))
    expect(tallQr(a)).toEqual(qr(a))
  })

  test.each([2 ** 500, 2 ** -500])('a matrix times %s has the same Q, and R times it, to the bit', (factor) => {
    const a = randomMatrix(3000, 40, new SeededRandom(65))
    const scaled = createMatrix(
      3000,
      40,
      Float64Array.from(a.data, (value) => value * factor)
    )
    const [plain, other] = [tallQr(a), tallQr(scaled)]
    expect(other.q.data).toEqual(plain.q.data)
    expect(other.r.data).toEqual(plain.r.data.map((value) => value * factor))
  })

  test('blocks of zeros and repeated columns keep Q orthogonal', () => {
    const a = randomMatrix(9000, 20, new SeededRandom(66))
    a.data.fill(0, 20 * 3000, 20 * 7000)
    for (let i = 0; i < 9000; i++) a.data[i * 20 + 7] = a.data[i * 20]!
    const { q, r } = tallQr(a)
    expect(orthogonalityRatio(q)).toBeLessThan(10)
    expect(residualRatio(a, product(q, r))).toBeLessThan(10)
    expect(Math.abs(r.data[7 * 20 + 7]!)).toBeLessThan(9000 * ULP * oneNorm(r))
  })

  test('refuses what is wide, what is not finite, and can be stopped', () => {
    expect(() => tallQr(createMatrix(2, 3))).toThrow('2 × 3')
    expect(() => tallQr(matrixOf([[1], [NaN]]))).toThrow('row 2, column 1')
    const a = randomMatrix(9000, 20, new SeededRandom(67))
    expect(() => tallQr(a, stoppingAt(1))).toThrow('stopped')
  })
})
