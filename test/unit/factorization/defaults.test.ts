import { expect, test } from 'vitest'
import type { DatasetShape } from '../../../core/contract/analysis.ts'
import { factorizationParamsSchema, factorizationSpec } from '../../../core/analyses/factorization/spec.ts'

const longShape = (nRows: number, low: number, high: number): DatasetShape => ({
  name: 'ratings',
  nRows,
  columns: ['user', 'item', 'rating'].map((name) => ({ name, type: 'number', missing: 0, min: low, max: high })),
  ratings: { form: 'long', user: 'user', item: 'item', rating: 'rating', timestamp: null }
})

test('many ratings: sixteen factors, a fifth held out', () => {
  const params = factorizationSpec.defaults(longShape(80000, 1, 5))
  expect(params).toMatchObject({ method: 'als', nFactors: 16, regularization: 1.3, iterations: 20, testFraction: 0.2 })
  expect(factorizationParamsSchema.parse(params)).toEqual(params)
})

test('few ratings: a map of all of them', () => {
  expect(factorizationSpec.defaults(longShape(11, 1, 5))).toMatchObject({
    method: 'als',
    nFactors: 2,
    regularization: 0.1,
    testFraction: 0
  })
})

test('only likes: preferences', () => {
  expect(factorizationSpec.defaults(longShape(80000, 1, 1))).toMatchObject({ method: 'wals', regularization: 1 })
})

test('what is asked for stands, and sizes follow the layout asked for', () => {
  const wide = { layout: 'wide', items: ['rating'], user: 'user', item: null, rating: null }
  const shape = longShape(500, 1, 5)
  shape.columns[2]!.missing = 400
  expect(factorizationSpec.defaults(shape, { method: 'wals', ...wide, seed: 9 })).toMatchObject({
    method: 'wals',
    layout: 'wide',
    seed: 9,
    nFactors: 2
  })
  expect(() => factorizationSpec.defaults(shape, { layout: 'wide', items: undefined })).not.toThrow()
})
