import { describe, expect, test } from 'vitest'
import { runPca } from '../../../core/analyses/pca/run.ts'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { paramsFor, tableOf, unwatchedRun } from './fit-rows.ts'

/** Large enough that the scores are worth no copy. */
const ROWS = 260_000
const COLUMNS = 5

const random = new SeededRandom(5)
const rows = Array.from({ length: ROWS }, () => {
  const common = random.normal()
  return Array.from({ length: COLUMNS }, (_, j) => j * 100 + (j + 1) * common + random.normal())
})
rows[7]![2] = NaN
const table = tableOf(rows)

describe('a run whose large arrays may lie in the memory of the kernels', () => {
  test.each([
    [{ nComponents: 4 }],
    [{ nComponents: 5, scale: 'unit' as const, divisor: 'n' as const }],
    [{ nComponents: 4, missing: 'mean' as const, scale: 'pareto' as const, divisor: 'n' as const }]
  ])('%j gives the same numbers, column by column', (asked) => {
    const params = paramsFor(table, asked)
    const own = runPca(table, params, unwatchedRun)
    const lent = runPca(table, params, { ...unwatchedRun, lend: true })
    const { scores, squaredDistances, residualSquares, ...others } = own.arrays
    const turned = lent.arrays['scores']!
    expect(turned).toMatchObject({ shape: scores!.shape, byColumns: true })
    const [n = 0, k = 0] = scores!.shape
    let different = 0
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < k; c++) if (turned.data[c * n + i] !== scores!.data[i * k + c]) different++
    }
    expect(different).toBe(0)
    // Summed in another order.
    for (const [name, expected] of Object.entries({ squaredDistances, residualSquares })) {
      const found = lent.arrays[name]!.data
      let furthest = 0
      for (let i = 0; i < n; i++) {
        furthest = Math.max(furthest, Math.abs(found[i]! - expected!.data[i]!) / squaredDistances!.data[i]!)
      }
      expect(furthest, name).toBeLessThan(1e-13)
    }
    for (const [name, { data }] of Object.entries(others)) expect(lent.arrays[name]!.data, name).toEqual(data)
  })

  test('values that nobody has looked at are looked at: infinity is refused with its line', () => {
    const wrong = tableOf([...rows.slice(0, 3), [1, 2, 3, Infinity, 5]])
    expect(() => runPca(wrong, paramsFor(wrong), { ...unwatchedRun, lend: true })).toThrow(EigendeskError)
  })
})
