import { expect, test } from 'vitest'
import { certificateOf } from '../../../renderer/analyses/pca/certificate.ts'
import { PCA_SOLVERS } from '../../../core/stats/pca-solver.ts'
import { pcaOfRows } from '../pca/fit-rows.ts'

test('every solver has its own name', () => {
  const rows = [
    [1, 2],
    [3, 5],
    [4, 1]
  ]
  const names = PCA_SOLVERS.map((solver) => {
    const { summary } = pcaOfRows(rows, { solver, nComponents: 1 })
    return certificateOf(summary, 3).find(({ name }) => name === 'Solver')
  })
  expect(names.map((entry) => entry?.value)).toEqual(['eigen, covariance', 'eigen, Gram', 'Krylov', 'randomized'])
  expect(names[2]?.title).toContain('Krylov')
})
