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

test('only likes: preferences, by iALS where there are many', () => {
  expect(factorizationSpec.defaults(longShape(80000, 1, 1))).toMatchObject({ method: 'ials', testFraction: 0.2 })
  expect(factorizationSpec.defaults(longShape(40, 1, 1))).toMatchObject({ method: 'wals', testFraction: 0 })
})

test('counts with a long tail are likes, a scale of stars or points is none', () => {
  const counted = (max: number, mean: number, integer = true): DatasetShape => {
    const shape = longShape(80000, 1, max)
    shape.columns[2] = { ...shape.columns[2]!, mean, integer }
    return shape
  }
  expect(factorizationSpec.defaults(counted(352698, 745)).method).toBe('ials')
  expect(factorizationSpec.defaults(counted(352698, 745, false)).method).toBe('als')
  expect(factorizationSpec.defaults(counted(5, 3.5)).method).toBe('als')
  expect(factorizationSpec.defaults(counted(100, 8)).method).toBe('als')
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

test('what suits the size of the table: the weight of a blank by the items, α by the mean count', () => {
  const sized = (method: string, nItems: number | undefined, mean: number | undefined) => {
    const shape = longShape(80000, 1, 5)
    if (nItems !== undefined) shape.columns[1]!.distinct = nItems
    if (mean !== undefined) shape.columns[2]!.mean = mean
    return factorizationSpec.defaults(shape, { method })
  }
  expect(sized('ials', 1650, 3.5)).toMatchObject({
    regularization: 0.3,
    unobservedWeight: 0.2,
    nFactors: 64,
    countExponent: 0.5
  })
  expect(sized('ials', 16000, 3.5).unobservedWeight).toBe(0.13)
  expect(sized('ials', undefined, undefined).unobservedWeight).toBe(0.2)
  expect(sized('hkv', 10, 745).alpha).toBe(0.0067)
  expect(sized('hkv', 10, undefined).alpha).toBe(1)
  expect(sized('hkv', 10, 0).alpha).toBe(1)
})

test('a column that a person said to leave alone is taken for nothing', () => {
  const shape = longShape(80000, 1, 5)
  expect(factorizationSpec.defaults({ ...shape, roles: { rating: 'ignore' } })).toMatchObject({
    layout: 'long',
    user: 'user',
    item: 'item',
    rating: null
  })
  expect(factorizationSpec.defaults({ ...shape, roles: { user: 'ignore' } }).layout).toBe('wide')
})

test('fewer likes have fewer factors; more ratings fewer draws, and never less than fifty', () => {
  const factors = (method: string, nRows: number) =>
    factorizationSpec.defaults(longShape(nRows, 1, 5), { method }).nFactors
  expect([10_000, 49_000, 80_000].map((nRows) => factors('ials', nRows))).toEqual([16, 16, 64])
  expect(factors('hkv', 10_000)).toBe(16)
  const draws = (method: string, nRows: number) => {
    const { samples, burnIn } = factorizationSpec.defaults(longShape(nRows, 1, 5), { method })
    return [samples, burnIn]
  }
  expect(draws('bpmf', 80_000)).toEqual([200, 50])
  expect(draws('bpmf', 1_000_000)).toEqual([200, 50])
  expect(draws('bsvdpp', 80_000)).toEqual([200, 50])
  expect(draws('bsvdpp', 1_000_000)).toEqual([100, 25])
  expect(draws('bsvdpp', 20_000_000)).toEqual([40, 10])
})

test('λ that is asked for is taken as it is, that of the defaults is adapted', () => {
  const shape = longShape(80000, 1, 5)
  expect(factorizationSpec.defaults(shape).adaptRegularization).toBe(true)
  expect(factorizationSpec.defaults(shape, { regularization: 0.5 }).adaptRegularization).toBe(false)
})

test('λ typed in the form is taken as it is until another method brings its own, and the help of λ says which', () => {
  const shape = longShape(80000, 1, 5)
  const field = factorizationSpec.fields.find(({ key }) => key === 'regularization')!
  const change = (before: Record<string, unknown>, changed: Record<string, unknown>) =>
    factorizationSpec.settle!({ ...before, ...changed }, before, shape)
  const fresh = factorizationSpec.defaults(shape, { method: 'als' })
  expect(field.help(fresh, shape)).toContain('adapted to the noise')
  expect(change(fresh, { nFactors: 8 })['adaptRegularization']).toBe(true)
  const typed = change(fresh, { regularization: 0.5 })
  expect(typed).toMatchObject({ regularization: 0.5, adaptRegularization: false })
  expect(field.help(typed, shape)).not.toContain('adapted to the noise')
  // Who wants a λ of their own adapted can still say so.
  const again = change(typed, { adaptRegularization: true })
  expect(again).toMatchObject({ regularization: 0.5, adaptRegularization: true })
  expect(change(typed, { method: 'nmf' })).toMatchObject({ regularization: 0.8, adaptRegularization: true })
  // What is adapted in no case changes with nothing.
  const likes = factorizationSpec.defaults(shape, { method: 'ials' })
  expect(field.help(likes, shape)).not.toContain('adapted to the noise')
  expect(change(likes, { regularization: 0.5 })['adaptRegularization']).toBe(likes.adaptRegularization)
})

test('items that were not all counted are as many as their numbers reach', () => {
  const shape = longShape(92834, 1, 5)
  shape.columns[1] = {
    ...shape.columns[1]!,
    distinct: 10_000,
    distinctIsLowerBound: true,
    integer: true,
    min: 1,
    max: 18745
  }
  expect(factorizationSpec.defaults(shape, { method: 'ials' }).unobservedWeight).toBe(0.11)
  shape.columns[1] = { ...shape.columns[1], distinctIsLowerBound: false }
  expect(factorizationSpec.defaults(shape, { method: 'ials' }).unobservedWeight).toBe(0.2)
})
