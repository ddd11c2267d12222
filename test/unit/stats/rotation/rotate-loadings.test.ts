import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gemm } from '../../../../core/linalg/gemm.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../../core/linalg/matrix.ts'
import { orthomax } from '../../../../core/stats/rotation/orthomax.ts'
import { isOblique, ROTATION_METHODS, type RotationMethod } from '../../../../core/stats/rotation/methods.ts'
import { rotateLoadings } from '../../../../core/stats/rotation/rotate-loadings.ts'

const optionsOf = (method: RotationMethod, kaiser = true) => ({ method, kaiser, power: 4, gamma: 0 })

/** Orthogonal columns of falling length, as loadings of components are, from made-up numbers. */
const anyLoadings = fc
  .tuple(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 0, max: 1e6 }))
  .filter(([rows, columns]) => columns <= rows)
  .map(([rows, columns, seed]) => {
    let state = seed + 1
    const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5
    const axes: number[][] = []
    while (axes.length < columns) {
      const axis = Array.from({ length: rows }, next)
      for (const other of axes) {
        const along = dot(axis, other) / dot(other, other)
        axis.forEach((_, j) => (axis[j]! -= along * other[j]!))
      }
      const length = Math.sqrt(dot(axis, axis)) * (axes.length + 1)
      axes.push(axis.map((value) => value / length))
    }
    return matrixOf(Array.from({ length: rows }, (_, j) => axes.map((axis) => axis[j]!)))
  })

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

function largestDifference(a: Matrix, b: Matrix): number {
  return a.data.reduce((worst, value, at) => Math.max(worst, Math.abs(value - b.data[at]!)), 0)
}

/** Sums of squares of the rows of A·Φ·Aᵀ's diagonal: what the factors hold of each column. */
function communalities(pattern: Matrix, structure: Matrix): number[] {
  return Array.from({ length: pattern.rows }, (_, j) => {
    let sum = 0
    for (let k = 0; k < pattern.columns; k++) {
      sum += pattern.data[j * pattern.columns + k]! * structure.data[j * pattern.columns + k]!
    }
    return sum
  })
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

describe.each(ROTATION_METHODS)('%s', (method) => {
  test('keeps what is explained of each column and in all, and sorts factors with the largest entry positive', () => {
    fc.assert(
      fc.property(anyLoadings, (loadings) => {
        const found = rotateLoadings(loadings, optionsOf(method))
        const { pattern, structure, correlations, explainedVariance, matrix, turn } = found
        const before = communalities(loadings, loadings)
        communalities(pattern, structure).forEach((value, j) => expect(value).toBeCloseTo(before[j]!, 9))
        expect(sum(explainedVariance)).toBeCloseTo(sum(before), 9)
        explainedVariance.forEach((value, k) => expect(value).toBeLessThanOrEqual(explainedVariance[k - 1] ?? Infinity))
        expect(largestDifference(gemm(loadings, matrix), pattern)).toBeLessThan(1e-12)
        // The factors have variance one and the stated correlations.
        expect(largestDifference(gemm(turn, turn, { transposeA: true }), correlations)).toBeLessThan(1e-9)
        expect(largestDifference(gemm(loadings, turn), structure)).toBeLessThan(1e-9)
        for (let k = 0; k < pattern.columns; k++) {
          const column = Array.from({ length: pattern.rows }, (_, j) => pattern.data[j * pattern.columns + k]!)
          expect(Math.max(...column)).toBeGreaterThanOrEqual(Math.max(...column.map((v) => -v)) - 1e-12)
        }
      }),
      { numRuns: 40 }
    )
  })

  test('rotated loadings of another scale are the same but for it, far outside the range of squares', () => {
    const loadings = matrixOf([
      [0.8, 0.3, 0.1],
      [0.7, -0.4, 0.2],
      [0.6, 0.5, -0.3],
      [0.5, -0.6, 0.1],
      [0.4, 0.1, 0.6]
    ])
    const far = createMatrix(
      5,
      3,
      loadings.data.map((value) => value * 2 ** -600)
    )
    const near = rotateLoadings(loadings, optionsOf(method)).pattern.data
    rotateLoadings(far, optionsOf(method)).pattern.data.forEach((value, at) => expect(value * 2 ** 600).toBe(near[at]))
  })

  test('one component stays as it is', () => {
    const { pattern, explainedVariance } = rotateLoadings(matrixOf([[0.6], [0.8]]), optionsOf(method))
    expect([...pattern.data]).toEqual([0.6, 0.8])
    expect(explainedVariance[0]).toBeCloseTo(1, 12)
  })

  test('a column with nothing in the kept components stays at zero', () => {
    const loadings = matrixOf([
      [0.9, 0.3],
      [0, 0],
      [0.2, -0.7],
      [0.6, 0.1]
    ])
    const { pattern, structure } = rotateLoadings(loadings, optionsOf(method))
    expect([...pattern.data.subarray(2, 4), ...structure.data.subarray(2, 4)].map(Math.abs)).toEqual([0, 0, 0, 0])
    expect(pattern.data.every(Number.isFinite)).toBe(true)
  })
})

describe.each(ROTATION_METHODS.filter((method) => !isOblique(method)))('%s is orthogonal', (method) => {
  test('MᵀM = I', () => {
    fc.assert(
      fc.property(anyLoadings, fc.boolean(), (loadings, kaiser) => {
        const { matrix, correlations } = rotateLoadings(loadings, optionsOf(method, kaiser))
        const identity = gemm(matrix, matrix, { transposeA: true })
        expect(largestDifference(identity, correlations)).toBeLessThan(1e-13)
      }),
      { numRuns: 40 }
    )
  })
})

/** Σ_k [Σ_j b⁴ − γ/p (Σ_j b²)²], written down again from the definition. */
function criterion({ rows, columns, data }: Matrix, gamma: number): number {
  let total = 0
  for (let k = 0; k < columns; k++) {
    const squares = Array.from({ length: rows }, (_, j) => data[j * columns + k]! ** 2)
    total += sum(squares.map((s) => s * s)) - (gamma / rows) * sum(squares) ** 2
  }
  return total
}

test.each([0, 1, 1.5])('orthomax with γ = %s ends at a maximum: no pair can be turned to a better place', (gamma) => {
  fc.assert(
    fc.property(anyLoadings, (loadings) => {
      const { matrix, converged } = orthomax(loadings, gamma)
      expect(converged).toBe(true)
      const best = gemm(loadings, matrix)
      const reached = criterion(best, gamma)
      for (let a = 0; a < best.columns; a++) {
        for (let b = a + 1; b < best.columns; b++) {
          for (let angle = 0.05; angle < 1.6; angle += 0.05) {
            const turned = createMatrix(best.rows, best.columns, best.data.slice())
            for (let at = 0; at < turned.data.length; at += best.columns) {
              const [x, y] = [best.data[at + a]!, best.data[at + b]!]
              turned.data[at + a] = Math.cos(angle) * x + Math.sin(angle) * y
              turned.data[at + b] = Math.cos(angle) * y - Math.sin(angle) * x
            }
            expect(criterion(turned, gamma)).toBeLessThanOrEqual(reached + 1e-13)
          }
        }
      }
    }),
    { numRuns: 30 }
  )
})

test('varimax of a simple structure that was turned finds it again', () => {
  const simple = [
    [0.9, 0],
    [0.8, 0],
    [0, 0.7],
    [0, 0.6],
    [0.85, 0]
  ]
  const angle = 0.7
  const turned = simple.map(([x = 0, y = 0]) => [
    Math.cos(angle) * x - Math.sin(angle) * y,
    Math.sin(angle) * x + Math.cos(angle) * y
  ])
  const { pattern } = rotateLoadings(matrixOf(turned), optionsOf('varimax'))
  expect(largestDifference(pattern, matrixOf(simple))).toBeLessThan(1e-12)
})

test('stopping it stops it', () => {
  const loadings = matrixOf([
    [0.9, 0.3],
    [0.2, -0.7],
    [0.6, 0.1]
  ])
  const watch = {
    checkpoint: () => {
      throw new Error('stopped')
    },
    progress: () => undefined
  }
  for (const method of ROTATION_METHODS)
    expect(() => rotateLoadings(loadings, optionsOf(method), watch)).toThrow('stopped')
})

test.each(ROTATION_METHODS)(
  '%s tells how far it is, step by step and never back, from several starts too',
  (method) => {
    const loadings = fc.sample(anyLoadings, { numRuns: 1, seed: 7 })[0]!
    for (const starts of [1, 4]) {
      const told: number[] = []
      const watch = { checkpoint: () => undefined, progress: (fraction: number) => void told.push(fraction) }
      rotateLoadings(loadings, { ...optionsOf(method), starts, seed: 1 }, watch)
      expect(told.length).toBeGreaterThan(2 * starts)
      told.forEach((fraction, i) => expect(fraction).toBeGreaterThanOrEqual(told[i - 1] ?? 0))
      expect(told.at(-1)).toBeLessThanOrEqual(1)
      expect(told.at(-1)).toBeGreaterThan(1 - 1 / starts)
    }
  }
)
