import { describe, expect, it } from 'vitest'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { crossValidate, dealIntoFolds } from '../../../core/stats/cross-validation.ts'
import { hasFoldSums } from '../../../core/stats/errors-of-folds.ts'
import { stoppingAt } from '../linalg/watches.ts'
import { withTeam } from '../linalg/team.ts'
import { factorTable, prepare } from './prepared-tables.ts'

const keep = { centre: true, scale: 'keep' } as const

describe('cross-validation by folds', () => {
  // More columns than sums of products are held of take the other way, row by row.
  it.each([
    ['a narrow table', 30, 6],
    ['a table of many columns', 24, 230],
    ['many columns and fewer rows than those', 24, 40]
  ])('of %s, a row of weight 3 is the row three times in its fold', (_name, n, p) => {
    const rows = factorTable(n, p, 2, 0.5, 5)
    const times = rows.map((_, i) => 1 + (i % 3))
    const total = times.reduce((sum, count) => sum + count, 0)
    const foldOf = dealIntoFolds(n, 4, 3)
    const repeated = rows.flatMap((row, i) => Array.from({ length: times[i]! }, () => row))
    const repeatedFolds = Int32Array.from(times.flatMap((count, i) => Array.from({ length: count }, () => foldOf[i]!)))
    const press = (given: number[][], folds: Int32Array, weights: Float64Array | null) =>
      crossValidate(
        prepare(given, 'keep'),
        [given.length, p],
        folds,
        { most: 4, preparation: keep, weights },
        unwatched
      )!
    const weighted = press(
      rows,
      foldOf,
      Float64Array.from(times, (count) => (count * n) / total)
    )
    const plain = press(repeated, repeatedFolds, null)
    expect(weighted.values.length).toBe(5)
    weighted.values.forEach((value, q) => expect((value * total) / n / plain.values[q]!).toBeCloseTo(1, 7))
  })

  it('keeps its digits where a row that outweighs all others is left out', () => {
    const rows = factorTable(40, 5, 2, 0.5, 6)
    const foldOf = dealIntoFolds(40, 5, 1)
    const outlier = rows.findIndex((_, i) => foldOf[i] === 2)
    const errorOf = (size: number): number[] => {
      const z = prepare(rows, 'keep')
      for (let j = 0; j < 5; j++) z[outlier * 5 + j] = size * (j + 1)
      return crossValidate(z, [40, 5], foldOf, { most: 2, preparation: keep, weights: null }, unwatched)!.values
    }
    const [small, large] = [errorOf(1e3), errorOf(1e7)]
    // Its own error grows with its square.
    expect(large[0]! / small[0]! / 1e8).toBeCloseTo(1, 2)
    expect(large.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
  })

  it('takes the same way whatever the number of threads, and stops when asked to', async () => {
    const [n, p] = [70_000, 9]
    const z = prepare(factorTable(n, p, 2, 0.5, 8), 'unit')
    const foldOf = dealIntoFolds(n, 7, 2)
    const options = { most: 6, preparation: { centre: true, scale: 'unit' } as const, weights: null }
    const run = () => crossValidate(z, [n, p], foldOf, options, unwatched)
    expect(hasFoldSums(p, 7)).toBe(true)
    expect(await withTeam(2, run)).toEqual(run())
    const before = kernels().memory.free
    expect(() => crossValidate(z, [n, p], foldOf, options, stoppingAt(4))).toThrow('stopped')
    expect(kernels().memory.free).toBe(before)
  })
})
