import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unwatched } from '../../../core/linalg/watch.ts'
import { pearson } from '../../../core/stats/correlation.ts'
import { factorability } from '../../../core/stats/factorability.ts'
import { factorTable } from './prepared-tables.ts'

const file = join(import.meta.dirname, '../../../../shared/data/pca/HolzingerSwineford1939.csv')
const columnsOf = (rows: number[][]) => rows[0]!.map((_, j) => Float64Array.from(rows, (row) => row[j]!))

describe('fit for factor work', () => {
  it.skipIf(!existsSync(file))(
    `of Holzinger and Swineford's nine tests: Bartlett 904.097 with 36, KMO 0.752${existsSync(file) ? '' : ' (skipped: ../shared/data is absent)'}`,
    () => {
      const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
      const names = head!.split(',').map((name) => name.replaceAll('"', ''))
      const places = Array.from({ length: 9 }, (_, k) => names.indexOf(`x${k + 1}`))
      const rows = lines.map((line) => places.map((place) => Number(line.split(',')[place])))
      const found = factorability(pearson(columnsOf(rows), unwatched).r, 9, rows.length, unwatched)!
      // published with lavaan's data set; psych 2.2.9 gives the same
      expect(found.bartlett.chiSquare).toBeCloseTo(904.097, 3)
      expect(found.bartlett.df).toBe(36)
      expect(found.bartlett.p).toBeLessThan(1e-100)
      expect(found.kmo.overall).toBeCloseTo(0.752, 3)
    }
  )

  it('is null where a column follows from others, or where rows are too few', () => {
    const rows = factorTable(30, 4, 1, 1, 3)
    const dependent = rows.map((row) => [...row, row[0]! + 2 * row[1]!])
    expect(factorability(pearson(columnsOf(dependent), unwatched).r, 5, 30, unwatched)).toBeNull()
    const few = rows.slice(0, 4)
    expect(factorability(pearson(columnsOf(few), unwatched).r, 4, 4, unwatched)).toBeNull()
  })

  it('of two columns is a half: a pair has no partial correlation but its own', () => {
    const found = factorability(Float64Array.of(1, 0.6, 0.6, 1), 2, 20, unwatched)!
    expect(found.kmo.overall).toBeCloseTo(0.5, 14)
    // −(19 − 9/6) log(1 − 0.36)
    expect(found.bartlett.chiSquare).toBeCloseTo(-17.5 * Math.log(0.64), 12)
    expect([...found.antiImage]).toEqual([0.5, -0.6, -0.6, 0.5].map((value): unknown => expect.closeTo(value, 14)))
  })
})
