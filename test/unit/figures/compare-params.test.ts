import { expect, test } from 'vitest'
import { differingParams } from '../../../core/analyses/pca/figures/compare-params.ts'
import { pcaSpec } from '../../../core/analyses/pca/spec.ts'

const one = { columns: ['a', 'b', 'c'], scale: 'none', missing: 'drop', label: null, nComponents: 3, seed: 0 }

test('what differs is told in the words of the form, and nothing else', () => {
  const other = { ...one, scale: 'unit', label: 'name', nComponents: 2, seed: 5 }
  expect(differingParams(pcaSpec.fields, one, other)).toEqual([
    { label: 'Scale', first: 'None', second: 'Unit variance' },
    { label: 'Components', first: '3', second: '2' },
    { label: 'Row names', first: 'none', second: 'name' },
    { label: 'seed', first: '0', second: '5' }
  ])
  expect(differingParams(pcaSpec.fields, one, { ...one })).toEqual([])
})

test('columns are told by what only one run has', () => {
  const fewer = { ...one, columns: ['a', 'd', 'e', 'f', 'g'] }
  expect(differingParams(pcaSpec.fields, one, fewer)).toEqual([
    { label: 'Columns', first: 'b, c', second: 'd, e, f and 1 more' }
  ])
  expect(differingParams(pcaSpec.fields, one, { ...one, columns: ['c', 'b', 'a'] })).toEqual([
    { label: 'Columns', first: 'another order', second: '' }
  ])
})

test('a result of an older version lacks parameters: they count as none', () => {
  expect(differingParams(pcaSpec.fields, one, { ...one, weight: 'w' })).toEqual([
    { label: 'Row weights', first: 'none', second: 'w' }
  ])
})
