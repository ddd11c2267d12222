import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { matrixOf } from '../../core/linalg/matrix.ts'
import { unwatched } from '../../core/linalg/watch.ts'
import { chooseComponents, completeByPca } from '../../core/preparation/iterative-pca.ts'

interface Case {
  name: string
  scale: boolean
  nComponents: number
  chosen: number
  rounds: number
  rows: (number | null)[][]
  /** row, column, value */
  filled: [number, number, number][]
}

/** Made by scripts/fixtures/make-imputation.py with numpy's SVD. */
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', 'imputation.json'), 'utf8')) as {
  cases: Case[]
}

test.each(cases)('regularized iterative PCA, $name: the cells that numpy fills in', (given) => {
  const x = matrixOf(given.rows.map((row) => row.map((value) => value ?? NaN)))
  const { data, rounds } = completeByPca(x, given.nComponents, given.scale, unwatched)
  expect(rounds).toBe(given.rounds)
  const spread = Math.max(...x.data.filter((value) => !Number.isNaN(value)).map(Math.abs))
  for (const [row, column, value] of given.filled) {
    expect(Math.abs(data[row * x.columns + column]! - value)).toBeLessThan(1e-9 * spread)
  }
})

test.each(cases)('generalized cross-validation, $name: as many components as numpy finds', (given) => {
  const x = matrixOf(given.rows.map((row) => row.map((value) => value ?? NaN)))
  expect(chooseComponents(x, given.scale, unwatched)).toBe(given.chosen)
})
