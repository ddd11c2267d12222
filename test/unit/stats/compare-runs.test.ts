import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMatrix, matrixOf } from '../../../core/linalg/matrix.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { alignScores, subspaceAngles } from '../../../core/stats/compare-runs.ts'

const unit = (angle: number): number[] => [Math.cos(angle), Math.sin(angle), 0]

describe('angles between the spaces of two runs', () => {
  test.each([0, 1e-9, 0.1, 1, Math.PI / 2 - 1e-9, Math.PI / 2])('of two axes %d apart', (angle) => {
    const [found] = subspaceAngles(matrixOf([unit(0)]), matrixOf([unit(angle)]))
    expect(Math.abs(found! - angle)).toBeLessThan(1e-15 + 1e-12 * angle)
  })

  test('the same space is at 0, whatever axes span it; one more direction is at its own angle', () => {
    const plane = matrixOf([unit(0), unit(Math.PI / 2)])
    const turned = matrixOf([unit(0.7), unit(0.7 + Math.PI / 2)])
    for (const angle of subspaceAngles(plane, turned)) expect(angle).toBeLessThan(1e-15)
    const tilted = matrixOf([unit(0), [0, Math.cos(0.3), Math.sin(0.3)]])
    const [first, second] = subspaceAngles(plane, tilted)
    expect(first).toBeLessThan(1e-15)
    expect(second).toBeCloseTo(0.3, 14)
  })

  test('as scipy: linalg.subspace_angles of two planes in five dimensions', () => {
    // scipy 1.17.1: A = orth of [[1,2],[0,1],[1,0],[2,1],[0,3]], B of [[1,0],[1,1],[0,1],[1,2],[1,1]]
    const orthonormal = (rows: number[][]) => {
      const [a, b] = rows as [number[], number[]]
      const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
      const e = a.map((value) => value / Math.sqrt(dot(a, a)))
      const rest = b.map((value, i) => value - dot(b, e) * e[i]!)
      return matrixOf([e, rest.map((value) => value / Math.sqrt(dot(rest, rest)))])
    }
    const found = subspaceAngles(
      orthonormal([
        [1, 0, 1, 2, 0],
        [2, 1, 0, 1, 3]
      ]),
      orthonormal([
        [1, 1, 0, 1, 1],
        [0, 1, 1, 2, 1]
      ])
    )
    expect(found[0]).toBeCloseTo(0.35029417095345194, 12)
    expect(found[1]).toBeCloseTo(0.9180543800586045, 12)
  })
})

describe('aligned scores', () => {
  test('scores that were turned, mirrored, stretched and moved come back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0.1, max: 10, noNaN: true }), (seed, stretch) => {
        const random = new SeededRandom(seed)
        const x = createMatrix(
          20,
          2,
          Float64Array.from({ length: 40 }, () => random.normal())
        )
        const angle = random.uniform() * 6
        const y = createMatrix(20, 2, new Float64Array(40))
        for (let i = 0; i < 20; i++) {
          const [a, b] = [x.data[2 * i]!, x.data[2 * i + 1]!]
          y.data[2 * i] = stretch * (a * Math.cos(angle) + b * Math.sin(angle)) + 5
          y.data[2 * i + 1] = stretch * (a * Math.sin(angle) - b * Math.cos(angle)) - 3
        }
        const { rotation, scale, from, to, agreement } = alignScores(x, y)
        expect(scale).toBeCloseTo(1 / stretch, 9)
        expect(agreement).toBeCloseTo(1, 9)
        for (let i = 0; i < 20; i++) {
          for (let k = 0; k < 2; k++) {
            let back = to[k]!
            for (let l = 0; l < 2; l++) back += scale * (y.data[2 * i + l]! - from[l]!) * rotation[2 * l + k]!
            expect(back).toBeCloseTo(x.data[2 * i + k]!, 8)
          }
        }
      }),
      { numRuns: 25 }
    )
  })

  test('as scipy.spatial.procrustes: its disparity is what is left', () => {
    const x = matrixOf([
      [1, 3],
      [1, 2],
      [1, 1],
      [2, 1],
      [4, 0.5]
    ])
    const y = matrixOf([
      [4, -2],
      [4, -4],
      [3.5, -6],
      [2, -6.2],
      [1, -5]
    ])
    expect(alignScores(x, y).agreement).toBeCloseTo(1 - 0.20101787497269807, 12)
  })

  test('rows in one place agree with nothing', () => {
    expect(alignScores(createMatrix(3, 1), matrixOf([[1], [2], [3]]))).toMatchObject({ agreement: 0, scale: 0 })
  })
})
