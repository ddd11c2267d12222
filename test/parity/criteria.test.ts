import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unwatched } from '../../core/linalg/watch.ts'
import { generalizedCrossValidation, minka } from '../../core/stats/component-criteria.ts'
import { pearson } from '../../core/stats/correlation.ts'
import { crossValidate } from '../../core/stats/cross-validation.ts'
import { factorability } from '../../core/stats/factorability.ts'
import { prepare, spectrumOf } from '../unit/stats/prepared-tables.ts'

interface Answers {
  name: string
  scale: boolean
  rows: number[][]
  gcv: { suggested: number; values: number[] }
  press: number[]
  mle?: number
  kmo?: { overall: number; columns: number[] }
  image?: number[][]
  bartlett?: { chiSquare: number; df: number; p: number }
}
/** Made by scripts/fixtures/make-criteria.py: FactoMineR's estim_ncp, psych's KMO and cortest.bartlett, scikit-learn's
 * PCA(n_components='mle'), and cross-validation that takes out one cell at a time. */
const { folds, tables } = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/criteria.json'), 'utf8')) as {
  folds: number
  tables: Answers[]
}

describe.each(tables)('how many components of $name', (given) => {
  const { rows } = given
  const [n, p] = [rows.length, rows[0]!.length]
  const z = prepare(rows, given.scale ? 'unit' : 'keep')
  const spectrum = spectrumOf(z, n, p)
  const total = spectrum.reduce((sum, value) => sum + value, 0)

  it('by generalized cross-validation, as FactoMineR', () => {
    const found = generalizedCrossValidation(spectrum, total, n, p)!
    expect(found.suggested).toBe(given.gcv.suggested)
    found.values.forEach((value, q) => expect(value / given.gcv.values[q]!).toBeCloseTo(1, 10))
    expect(found.values.length).toBe(given.gcv.values.length)
  })

  it('by cross-validation, as when every cell is really left out', () => {
    const foldOf = Int32Array.from({ length: n }, (_, row) => row % folds)
    const preparation = { centre: true, scale: given.scale ? ('unit' as const) : ('keep' as const) }
    const found = crossValidate(z, [n, p], foldOf, { most: p, preparation, weights: null }, unwatched)!
    expect(found.values.length).toBe(given.press.length)
    found.values.forEach((value, q) => expect(value / given.press[q]!, `${q} components`).toBeCloseTo(1, 8))
    expect(found.suggested).toBe(given.press.indexOf(Math.min(...given.press)))
  })

  it.runIf(given.mle)("by Minka's evidence, as scikit-learn", () => {
    expect(minka(spectrum, n).suggested).toBe(given.mle)
  })

  it.runIf(given.kmo)('is worth asking: KMO and Bartlett, as psych', () => {
    const columns = rows[0]!.map((_, j) => Float64Array.from(rows, (row) => row[j]!))
    const found = factorability(pearson(columns, unwatched).r, p, n, unwatched)!
    expect(found.kmo.overall).toBeCloseTo(given.kmo!.overall, 12)
    found.kmo.columns.forEach((value, j) => expect(value).toBeCloseTo(given.kmo!.columns[j]!, 12))
    expect(found.bartlett.chiSquare).toBeCloseTo(given.bartlett!.chiSquare, 9)
    expect(found.bartlett.df).toBe(given.bartlett!.df)
    expect(found.bartlett.p).toBeCloseTo(given.bartlett!.p, 12)
    given.image!.forEach((row, i) =>
      row.forEach((value, j) => {
        if (i !== j) expect(found.antiImage[i * p + j]).toBeCloseTo(value, 11)
      })
    )
  })
})
