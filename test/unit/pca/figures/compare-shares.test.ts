import { describe, expect, test } from 'vitest'
import { compareShares } from '../../../../core/analyses/pca/figures/compare-shares.ts'

/** Ten rows, of which row 3 took no part; species a a a b b b b c c c, with row 9 missing. */
const species = { name: 'species', codes: [0, 0, 0, 1, 1, 1, 1, 2, 2, -1], dictionary: ['a', 'b', 'c'] }
const island = { name: 'island', codes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], dictionary: ['only'] }
const rows = [0, 1, 2, 4, 5, 6, 7, 8, 9]

describe('chosen rows against the rest', () => {
  test('shares are of the rows that took part; a missing cell is a value', () => {
    // Chosen: rows 0, 1, 2 and 9.
    const found = compareShares([species, island], Uint8Array.from([1, 1, 1, 0, 0, 0, 0, 0, 1]), rows)
    const of = (value: string | null) => found.find((one) => one.value === value)!
    expect(of('a')).toMatchObject({ column: 'species', selectedShare: 0.75, restShare: 0 })
    expect(of('a').allShare).toBeCloseTo(3 / 9, 14)
    expect(of('b')).toMatchObject({ selectedShare: 0, restShare: 3 / 5 })
    expect(of(null)).toMatchObject({ selectedShare: 0.25, restShare: 0 })
    // What all rows have tells nobody apart.
    expect(found.some(({ column }) => column === 'island')).toBe(false)
    // P(all three a among four of nine) = C(6,1)/C(9,4) = 6/126, counted once (half of it twice).
    expect(of('a').p).toBeCloseTo(6 / 126, 12)
    expect(of('a').vTest).toBeGreaterThan(1.96)
    expect(found[0]!.value).toBe('a')
  })

  test('with none or all chosen there is nothing to compare', () => {
    expect(compareShares([species], new Uint8Array(9), rows)).toEqual([])
    expect(compareShares([species], new Uint8Array(9).fill(1), rows)).toEqual([])
  })
})
