import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { matrixOf } from '../../core/linalg/matrix.ts'
import { unwatched } from '../../core/linalg/watch.ts'
import { completeOthers } from '../../core/preparation/complete-others.ts'
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

interface CaseOfOthers {
  name: string
  scale: boolean
  nComponents: number
  rows: number[][]
  others: (number | null)[][]
  filled: number[][]
}

/** Made by scripts/fixtures/make-imputation.py with numpy's SVD. */
const { cases, others } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures', 'imputation.json'), 'utf8')
) as {
  cases: Case[]
  others: CaseOfOthers[]
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

test.each(others)('rows that are not fitted, $name: the cells of rows that weigh 1e−12 in every round', (given) => {
  const x = matrixOf(given.rows)
  const gaps = matrixOf(given.others.map((row) => row.map((value) => value ?? NaN)))
  const filled = completeOthers(x, given.nComponents, given.scale, gaps, unwatched)
  const spread = Math.max(...x.data.map(Math.abs))
  given.filled.flat().forEach((value, at) => expect(Math.abs(filled[at]! - value)).toBeLessThan(1e-9 * spread))
  // Cells that are there stay as they are, to the last bit.
  gaps.data.forEach((value, at) => Number.isNaN(value) || expect(filled[at]).toBe(value))
})
