import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitLittle, tripleOf } from '../../../../core/analyses/factorization/figures/three-fits.ts'
import { createMatrix } from '../../../../core/linalg/matrix.ts'
import { svd } from '../../../../core/linalg/svd.ts'

const _ = NaN
// The four users by five movies of issue 2: 1 is watched and liked, a blank is unknown.
const sample = { nRows: 4, nColumns: 5, cells: [1, _, 1, 1, _, _, 1, _, _, 1, 1, 1, 1, _, _, _, _, _, 1, 1] }

const littleMatrix = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 }))
  .chain(([nRows, nColumns]) =>
    fc
      .array(
        fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 1, max: 5 }) }, { weight: 1, arbitrary: fc.constant(NaN) }),
        {
          minLength: nRows * nColumns,
          maxLength: nRows * nColumns
        }
      )
      .map((cells) => ({ nRows, nColumns, cells }))
  )

describe('a little matrix fitted three times', () => {
  test('with all cells alike is the truncated SVD of the matrix with zeros, checked by core/linalg', () => {
    fc.assert(
      fc.property(littleMatrix, (matrix) => {
        const { nRows, nColumns, cells } = matrix
        const zeros = Float64Array.from(cells, (cell) => (Number.isNaN(cell) ? 0 : cell))
        const { s } = svd(createMatrix(nRows, nColumns, zeros))
        // Where the second and third are nearly equal the plane is nearly free, and sweeps take long to choose it.
        fc.pre(s[0]! > 0.5 && (s[1] ?? 0) > 0.5 && (s[2] ?? 0) < 0.8 * s[1]!)
        const fit = fitLittle(matrix, 1)
        const unexplained = zeros.reduce((sum, value, at) => sum + (value - fit.product[at]!) ** 2, 0)
        const least = s.slice(2).reduce((sum, value) => sum + value * value, 0)
        expect(unexplained).toBeLessThan(least + 1e-6 * s[0]! ** 2)
        const { left, singular, right } = tripleOf(fit)
        const [first, second] = singular
        for (let i = 0; i < nRows; i++) {
          for (let j = 0; j < nColumns; j++) {
            const value = left[2 * i]! * first * right[2 * j]! + left[2 * i + 1]! * second * right[2 * j + 1]!
            expect(value).toBeCloseTo(fit.product[i * nColumns + j]!, 9)
          }
        }
        for (const side of [left, right]) {
          const dot = (k: number, l: number): number =>
            side.reduce((sum, value, j) => (j % 2 === k ? sum + value * side[j - k + l]! : sum), 0)
          expect(dot(0, 0)).toBeCloseTo(1, 9)
          expect(dot(1, 1)).toBeCloseTo(1, 9)
          expect(dot(0, 1)).toBeCloseTo(0, 7)
        }
        expect(first).toBeCloseTo(s[0]!, 5)
        expect(second).toBeCloseTo(s[1]!, 3)
      }),
      { numRuns: 60 }
    )
  })

  test('finds both factors of a matrix whose first and last row are alike', () => {
    // Of rank 2, so that two factors leave nothing unexplained.
    const { knownError } = fitLittle({ nRows: 3, nColumns: 2, cells: [4, 1, 4, 2, 4, 1] }, 1)
    expect(knownError).toBeLessThan(1e-6)
  })

  test('of likes alone, with blanks ignored, learns nothing: it predicts 1 everywhere', () => {
    const { product, knownError } = fitLittle(sample, 0)
    for (const value of product) expect(value).toBeCloseTo(1, 2)
    expect(knownError).toBeLessThan(1e-2)
  })

  test('as zeros of little weight the blanks lie between: nearer to 1 than with the SVD, below those that are known', () => {
    const [ignored, even, light] = [fitLittle(sample, 0), fitLittle(sample, 1), fitLittle(sample, 0.1)]
    expect(light.blankError).toBeGreaterThan(even.blankError)
    expect(light.blankError).toBeLessThan(ignored.blankError)
    expect(light.knownError).toBeLessThan(even.knownError)
  })

  test('never has a number that is none, for any little matrix', () => {
    fc.assert(
      fc.property(littleMatrix, fc.constantFrom(0, 0.1, 1), (matrix, weight) => {
        const { rows, columns, product } = fitLittle(matrix, weight)
        for (const numbers of [rows, columns, product]) expect(numbers.every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 60 }
    )
  })
})
