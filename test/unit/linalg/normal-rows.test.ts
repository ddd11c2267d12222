import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { solveNormalRows } from '../../../core/linalg/normal-rows.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { generateRows, shapes, systemOf, type NormalRows } from './rows.ts'
import { withTeam } from './team.ts'
import { recording, stoppingAt } from './watches.ts'

/** L with L·Lᵀ = A, by the definition of its entries. */
function plainCholesky(a: number[][]): number[][] {
  const l = a.map((row) => row.map(() => 0))
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!
      for (let k = 0; k < j; k++) sum -= l[i]![k]! * l[j]![k]!
      l[i]![j] = i === j ? Math.sqrt(sum) : sum / l[j]![j]!
    }
  }
  return l
}

function backward(l: number[][], right: number[]): number[] {
  const x = [...right]
  for (let i = l.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < l.length; k++) x[i]! -= l[k]![i]! * x[k]!
    x[i]! /= l[i]![i]!
  }
  return x
}

function forward(l: number[][], right: number[]): number[] {
  const x = [...right]
  for (let i = 0; i < l.length; i++) {
    for (let k = 0; k < i; k++) x[i]! -= l[i]![k]! * x[k]!
    x[i]! /= l[i]![i]!
  }
  return x
}

function plainSolution(rows: NormalRows, row: number): number[] {
  const { matrix, right } = systemOf(rows, row)
  const l = plainCholesky(matrix)
  const solution = backward(l, forward(l, right))
  if (!rows.noise) return solution
  const drawn = backward(l, [...rows.noise.subarray(row * rows.size, (row + 1) * rows.size)])
  return solution.map((value, k) => value + drawn[k]!)
}

function solveAll(rows: NormalRows): Float64Array {
  const own = new Float64Array(rows.nRows * rows.size).fill(NaN)
  solveNormalRows(rows, own, unwatched)
  return own
}

describe('systems of rows', () => {
  test('each row is the solution of its definition, whatever is left out of it', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const rows = generateRows(shape)
        const own = solveAll(rows)
        for (let row = 0; row < rows.nRows; row++) {
          const expected = plainSolution(rows, row)
          const scale = Math.max(1, ...expected.map(Math.abs))
          const found = own.subarray(row * rows.size, (row + 1) * rows.size)
          expected.forEach((value, k) => expect(Math.abs(found[k]! - value) / scale).toBeLessThan(1e-9))
        }
      }),
      { seed: 61, numRuns: 60 }
    )
  })

  test('a row without entries, base and prior is zero, even with a ridge of 0', () => {
    const rows = generateRows({ lengths: [0, 3, 0], nColumns: 5, size: 4, seed: 1 })
    rows.ridge.set([0, 1, 0])
    const own = solveAll(rows)
    expect([...own.subarray(0, 4), ...own.subarray(8)]).toEqual(new Array(8).fill(0))
    expect(own.subarray(4, 8).every((value) => value !== 0)).toBe(true)
  })

  test('no rows at all', () => {
    expect(solveAll(generateRows({ lengths: [], nColumns: 3, size: 2, seed: 1 }))).toHaveLength(0)
  })

  test('what is given is left as it was', () => {
    const shape = { lengths: [5, 0, 40], nColumns: 9, size: 7, seed: 3, weighted: true, based: true, drawn: true }
    const rows = generateRows({ ...shape, shifted: true, preferred: true })
    solveAll(rows)
    expect(rows).toEqual(generateRows({ ...shape, shifted: true, preferred: true }))
  })

  test('a row whose matrix is not positive definite is an error that names the pivot', () => {
    const rows = generateRows({ lengths: [2, 9], nColumns: 9, size: 4, seed: 5, based: true })
    rows.base!.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1e6, 0, 0, 0, 0, 1])
    expect(() => solveAll(rows)).toThrow('A matrix is not positive definite: pivot 3 is not above 0.')
  })

  test('badly conditioned rows keep the digits that their condition leaves', () => {
    // Two columns that nearly agree, and a ridge of 1e-9: the condition is about 1e9.
    const rows = generateRows({ lengths: [60], nColumns: 2, size: 2, seed: 8 })
    rows.other.set([1, 1, 1, 1 + 1e-7])
    rows.ridge[0] = 1e-9
    const { matrix, right } = systemOf(rows, 0)
    const own = solveAll(rows)
    for (let a = 0; a < 2; a++) {
      const residual = matrix[a]![0]! * own[0]! + matrix[a]![1]! * own[1]! - right[a]!
      expect(Math.abs(residual)).toBeLessThan(1e-12 * 60 * Math.max(Math.abs(own[0]!), Math.abs(own[1]!)))
    }
  })

  test('in single precision a row keeps the digits of it, whatever is left out', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const rows = { ...generateRows(shape), precision: 'single' as const }
        rows.ridge.fill(3)
        const own = solveAll(rows)
        for (let row = 0; row < rows.nRows; row++) {
          const expected = plainSolution(rows, row)
          const { matrix } = systemOf(rows, row)
          // ‖x − x̂‖ ≤ c·2⁻²⁴·cond·‖x‖, c of the order of a root of the terms summed up, cond at most trace / least ridge.
          const condition = matrix.reduce((trace, line, a) => trace + line[a]!, 0) / Math.min(3, rows.lastRidge ?? 3)
          const length = Math.hypot(...expected, 1)
          const found = own.subarray(row * rows.size, (row + 1) * rows.size)
          const error = Math.hypot(...expected.map((value, k) => value - found[k]!))
          expect(error).toBeLessThan(32 * 2 ** -24 * Math.max(10, condition) * length)
        }
      }),
      { seed: 62, numRuns: 60 }
    )
  })

  test('what single precision cannot eliminate is done in doubles', () => {
    const rows = generateRows({ lengths: [400, 30, 5], nColumns: 2, size: 2, seed: 8 })
    rows.other.set([1, 1, 1, 1 + 1e-6])
    rows.ridge.fill(1e-9)
    expect(solveAll({ ...rows, precision: 'single' })).toEqual(solveAll(rows))
  })

  test('the same bits with 1, 2 and 3 threads, of many rows and of long ones', async () => {
    const lengths = Array.from({ length: 700 }, (_, r) => Math.floor(30_000 / (r + 1)))
    const rows = generateRows({ lengths, nColumns: 300, size: 23, seed: 9, weighted: true, drawn: true })
    const plain = generateRows({ lengths, nColumns: 300, size: 50, seed: 10, based: true })
    const work = (): Float64Array[] => [solveAll(rows), solveAll(plain), solveAll({ ...plain, precision: 'single' })]
    const alone = await withTeam(1, work)
    expect(alone.every((values) => values.every(Number.isFinite))).toBe(true)
    expect(await withTeam(2, work)).toEqual(alone)
    expect(await withTeam(3, work)).toEqual(alone)
  })

  test('stops when it is told to, looks often, and ends at 1', () => {
    const rows = generateRows({ lengths: new Array<number>(3000).fill(40), nColumns: 300, size: 16, seed: 2 })
    const own = new Float64Array(3000 * 16)
    const { watch, looks, seen } = recording()
    solveNormalRows(rows, own, watch)
    expect(looks()).toBeGreaterThan(5)
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual(seen.toSorted((x, y) => x - y))
    expect(() => solveNormalRows(rows, own, stoppingAt(4))).toThrow('stopped')
  })
})
