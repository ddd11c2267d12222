import { describe, expect, test } from 'vitest'
import { krylovBlock } from '../../../core/linalg/krylov-eigh.ts'
import {
  chooseSolver,
  formInstead,
  PCA_SOLVERS,
  workspaceBytes,
  type PcaSolver
} from '../../../core/stats/pca-solver.ts'

describe('chooseSolver', () => {
  test.each<[PcaSolver, string, number, number, number]>([
    ['eigh-covariance', 'a tall table', 150, 4, 4],
    ['eigh-covariance', 'as many rows as columns', 100, 100, 5],
    ['eigh-covariance', 'few columns, fewer rows', 3, 64, 2],
    ['eigh-gram', 'one column more', 3, 65, 2],
    ['eigh-gram', 'a wide table', 200, 4000, 2],
    ['krylov', 'few components of a large tall table', 10_000, 1000, 10],
    ['krylov', 'few components of a large wide table', 1000, 10_000, 10],
    ['eigh-covariance', 'more than a twentieth of the components', 10_000, 1000, 51],
    ['eigh-gram', 'more than a twentieth of a wide table', 1000, 10_000, 51],
    ['eigh-covariance', 'a large table of few columns', 1_000_000, 64, 2],
    ['eigh-covariance', 'components whose passes take more than the matrix', 1_000_000, 100, 5],
    ['eigh-covariance', 'a table just below a million entries', 1000, 999, 2],
    ['krylov', 'a table of a million entries', 1000, 1000, 2]
  ])('%s for %s', (solver, _, rows, columns, nComponents) => {
    expect(chooseSolver(rows, columns, nComponents).solver).toBe(solver)
  })

  test('says why, with the numbers', () => {
    expect(chooseSolver(1, 1, 1).reason).toBe('1 row and 1 column: the 1 × 1 covariance matrix is the smaller problem.')
    expect(chooseSolver(3, 64, 2).reason).toBe(
      '3 rows and 64 columns: the 64 × 64 covariance matrix is small enough to decompose directly.'
    )
    expect(chooseSolver(200, 4000, 2).reason).toBe(
      '200 rows and 4,000 columns: the 200 × 200 matrix of inner products of the rows is smaller than the 4000 × 4000 covariance matrix.'
    )
    expect(chooseSolver(10_000, 1000, 10).reason).toBe(
      '10 components of 10,000 rows and 1,000 columns: a few products of the table with blocks of vectors take less than its 1000 × 1000 matrix of products.'
    )
  })

  test('does what a person asked for, and says so', () => {
    for (const solver of PCA_SOLVERS) expect(chooseSolver(10, 20, 3, solver).solver).toBe(solver)
    expect(PCA_SOLVERS.map((solver) => chooseSolver(10, 20, 3, solver).reason)).toEqual([
      'The 20 × 20 covariance matrix was asked for.',
      'The 10 × 10 matrix of inner products of the rows was asked for.',
      'The Krylov method, exact to rounding, was asked for.',
      'The randomized method, which approximates, was asked for.'
    ])
  })
})

test('formInstead keeps the reason and takes the smaller matrix', () => {
  const choice = chooseSolver(10_000, 1000, 10)
  expect(formInstead(choice, 10_000, 1000).solver).toBe('eigh-covariance')
  expect(formInstead(choice, 1000, 1000).solver).toBe('eigh-covariance')
  expect(formInstead(choice, 1000, 10_000).solver).toBe('eigh-gram')
  expect(formInstead(choice, 10_000, 1000).reason).toBe(
    `${choice.reason} Its first steps showed that the components hardly stand out from the rest, so that matrix was formed after all.`
  )
})

test('the workspace: four matrices of products, or blocks as long as a row and a column together', () => {
  expect(workspaceBytes('eigh-covariance', 10, 1000, 5)).toBe(32e6)
  expect(workspaceBytes('eigh-gram', 1000, 10, 5)).toBe(32e6)
  expect(workspaceBytes('randomized', 900, 100, 4)).toBe(8 * 1000 * 140)
  expect(workspaceBytes('krylov', 900, 100, 4)).toBe(8 * (1000 * 140 + 64 * 16 * 100))
})

test.each([1, 12, 24, 40, 300])('the workspace of krylov for %d components holds its basis and 64 sums', (k) => {
  const block = krylovBlock(k)
  const need = 8 * 6000 * (Math.max(96, 4 * k) + 3 * block + 65 * block)
  expect(workspaceBytes('krylov', 6000, 6000, k)).toBeGreaterThan(need)
})
