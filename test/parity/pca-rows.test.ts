import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { hotellingLimits } from '../../core/analyses/pca/figures/hotelling.ts'
import { rowContributions, rowCos2 } from '../../core/analyses/pca/figures/row-measures.ts'
import { prepareRow } from '../../core/analyses/pca/figures/row-parts.ts'
import { pcaOfRows } from '../unit/pca/fit-rows.ts'

interface Fixture {
  source: string
  decathlon2: { cos2: number[][]; contributions: number[][] }
  limits: [number, number, number, number][]
}

// Made by scripts/fixtures/make-pca-rows.R.
const fixture = JSON.parse(readFileSync(new URL('fixtures/pca-rows.json', import.meta.url), 'utf-8')) as Fixture

const decathlonFile = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'pca', 'decathlon2.csv')
const absent = existsSync(decathlonFile) ? '' : ' (skipped: ../shared/data is absent)'

describe(`rows as ${fixture.source} gives them`, () => {
  test.skipIf(absent !== '')(`decathlon2, 23 athletes in 10 disciplines: cos² and contributions${absent}`, () => {
    const lines = readFileSync(decathlonFile, 'utf-8').trim().split(/\r?\n/).slice(1, 24)
    const rows = lines.map((line) => line.split(',').slice(1, 11).map(Number))
    const { summary, result } = pcaOfRows(rows, { scale: 'unit' })
    const scores = { scores: result.arrays['scores']!.data, nComponents: 10, weights: null }
    const distances = rows.map((row) =>
      prepareRow(row, summary.mean, summary.scale).reduce((sum, value) => sum + value * value, 0)
    )
    const cos2 = rowCos2(scores, distances)
    const contributions = rowContributions(scores, summary.explainedVariance)
    rows.forEach((_, i) => {
      for (let k = 0; k < 10; k++) {
        expect(cos2[i * 10 + k]!).toBeCloseTo(fixture.decathlon2.cos2[i]![k]!, 10)
        expect(contributions[i * 10 + k]!).toBeCloseTo(fixture.decathlon2.contributions[i]![k]!, 8)
      }
    })
  })

  test.each(fixture.limits)('limits of T², n = %i, %i components, by F %f, by Beta %f', (n, k, f, beta) => {
    const limits = hotellingLimits(n, k)
    expect(limits.f! / f).toBeCloseTo(1, 10)
    expect(limits.beta! / beta).toBeCloseTo(1, 10)
  })
})
