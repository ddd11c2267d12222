import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { columnContributions, columnCorrelations, columnCos2 } from '../../core/analyses/pca/figures/column-measures.ts'
import { pcaOfRows } from '../unit/pca/fit-rows.ts'

interface OfColumns {
  correlations: number[][]
  coordinates: number[][]
  cos2: number[][]
  contributions: number[][]
  eigenvalues: number[]
}
interface Fixture {
  source: string
  decathlon2: OfColumns
  swiss: OfColumns & { rows: number[][] }
}

// Made by scripts/fixtures/make-pca-columns.R.
const fixture = JSON.parse(readFileSync(new URL('fixtures/pca-columns.json', import.meta.url), 'utf-8')) as Fixture

const decathlonFile = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'pca', 'decathlon2.csv')
const absent = existsSync(decathlonFile) ? '' : ' (skipped: ../shared/data is absent)'

/** What is asked of a fit: correlations are the same for every divisor, signs are the house's own. */
function compare(rows: number[][], scale: 'none' | 'unit', theirs: OfColumns): Float64Array {
  const nColumns = rows[0]!.length
  const { result, summary } = pcaOfRows(rows, { scale })
  const loadings = result.arrays['loadings']!.data
  const deviations = Array.from({ length: nColumns }, (_, j) => {
    const mean = rows.reduce((sum, row) => sum + row[j]! / rows.length, 0)
    const squares = rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0)
    return scale === 'unit' ? 1 : Math.sqrt(squares / (rows.length - 1))
  })
  const correlations = columnCorrelations(loadings, nColumns, deviations)
  const cos2 = columnCos2(correlations)
  const contributions = columnContributions(loadings, nColumns)
  for (let k = 0; k < summary.nComponents; k++) {
    const column = theirs.correlations.map((row) => row[k]!)
    const sign = Math.sign(correlations[k]! * column[0]!)
    column.forEach((value, j) => {
      const at = j * nColumns + k
      expect(correlations[at]!).toBeCloseTo(sign * value, 9)
      expect(cos2[at]!).toBeCloseTo(theirs.cos2[j]![k]!, 9)
      expect(contributions[at]!).toBeCloseTo(theirs.contributions[j]![k]!, 7)
    })
  }
  return contributions
}

describe(`columns as ${fixture.source} gives them`, () => {
  test.skipIf(absent !== '')(
    `decathlon2, 23 athletes in 10 disciplines: X100m makes 17.544293 % of PC1${absent}`,
    () => {
      const lines = readFileSync(decathlonFile, 'utf-8').trim().split(/\r?\n/).slice(1, 24)
      const rows = lines.map((line) => line.split(',').slice(1, 11).map(Number))
      // The figure is printed in factoextra's README.
      expect(compare(rows, 'unit', fixture.decathlon2)[0]!).toBeCloseTo(17.544293, 6)
    }
  )

  test('swiss, unscaled', () => {
    compare(fixture.swiss.rows, 'none', fixture.swiss)
  })
})
