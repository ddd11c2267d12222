import { describe, expect, it } from 'vitest'
import { isModelOf, mayBeModelOf, projectedDataset } from '../../../../core/analyses/pca/figures/projected-rows.ts'
import type { Projection } from '../../../../core/contract/model.ts'
import type { DatasetInfo } from '../../../../core/contract/session.ts'

const model: Projection = {
  name: 'PCA',
  columns: ['a', 'b'],
  centre: [0.1, 2],
  scale: [1, 3],
  fill: null,
  components: [
    [0.6, 0.8],
    [0.8, -0.6]
  ],
  explainedVariance: [2, 1]
}
const fitted = { columns: ['a', 'b'], mean: [0.1, 2], scale: [1, 3], nComponents: 2, nFeatures: 2 }
const components = Float64Array.of(0.6, 0.8, 0.8, -0.6)

describe('the model of a result', () => {
  it('is known by its numbers, also after a way through JSON and cut to fewer components', () => {
    const again = JSON.parse(JSON.stringify(model)) as Projection
    expect(isModelOf(again, fitted, components)).toBe(true)
    expect(isModelOf({ ...again, components: [again.components[0]!] }, fitted, components)).toBe(true)
  })

  it('is no other one: other columns, another centre, other axes, more of them', () => {
    expect(mayBeModelOf({ ...model, columns: ['b', 'a'] }, fitted)).toBe(false)
    expect(mayBeModelOf({ ...model, centre: [0.1, 2.0000001] }, fitted)).toBe(false)
    expect(mayBeModelOf({ ...model, scale: [1, 1] }, fitted)).toBe(false)
    expect(mayBeModelOf(model, { ...fitted, nComponents: 1 })).toBe(false)
    // The same axes with a sign turned: the rows would lie mirrored.
    expect(isModelOf(model, fitted, Float64Array.of(-0.6, -0.8, 0.8, -0.6))).toBe(false)
  })
})

describe('a projected dataset', () => {
  const names = ['id', 'a', 'b', 'PC1', 'PC1 2', 'T2', 'Q', 'PC1 cos2', 'PC2 cos2'].map((name) => ({ name }))
  const after = (...kinds: string[]): DatasetInfo['preparation'] =>
    ({
      steps: kinds.map((kind) => ({ step: { kind, model }, report: { columnsBefore: 3 } }))
    }) as unknown as DatasetInfo['preparation']

  it('has its scores first among the columns that were added, whatever they had to be called, and Q after T²', () => {
    const found = projectedDataset({ preparation: after('project'), columns: names })
    expect(found).toMatchObject({ scores: ['PC1', 'PC1 2'], q: 'Q' })
  })

  it('of a session from before cos² were told has the same', () => {
    const found = projectedDataset({ preparation: after('project'), columns: names.slice(0, 7) })
    expect(found).toMatchObject({ scores: ['PC1', 'PC1 2'], q: 'Q' })
  })

  it('is one whose last step projected its rows', () => {
    expect(projectedDataset({ preparation: null, columns: names })).toBeNull()
    expect(projectedDataset({ preparation: after('project', 'drop'), columns: names })).toBeNull()
    expect(projectedDataset({ preparation: after('project'), columns: names.slice(0, 6) })).toBeNull()
  })
})
