import { describe, expect, it } from 'vitest'
import { analysisSpecs } from '../../../core/analyses/registry.ts'
import type { DatasetShape, FieldSpec } from '../../../core/contract/analysis.ts'
import { PCA_SOLVERS } from '../../../core/stats/pca-solver.ts'
import { canRun, checkField, readNumber, sameParams, whenEmpty } from '../../../renderer/analyses/form.ts'

const dataset: DatasetShape = {
  name: 'small',
  nRows: 10,
  ratings: null,
  columns: ['a', 'b', 'c'].map((name) => ({ name, type: 'number', missing: 0, min: 0, max: 9 }))
}
const { pca, factorization } = analysisSpecs
const fieldOf = (spec: typeof pca, key: string): FieldSpec => spec.fields.find((field) => field.key === key)!

describe('checkField', () => {
  const params = { ...pca.defaults(dataset), columns: ['a', 'b', 'c'] }

  it('names the range a number must lie in', () => {
    const field = fieldOf(pca, 'nComponents')
    expect(checkField(pca, field, { ...params, nComponents: 3 }, dataset)).toBeUndefined()
    expect(checkField(pca, field, { ...params, nComponents: 4 }, dataset)).toBe('Allowed: 1 to 3.')
    expect(checkField(pca, field, { ...params, nComponents: 1.5 }, dataset)).toBe('A whole number, 1 to 3.')
    expect(checkField(pca, field, { ...params, nComponents: 'two' }, dataset)).toBe('A number, 1 to 3.')
  })

  it('keeps an excluded bound out', () => {
    const field = fieldOf(factorization, 'regularization')
    const rated = factorization.defaults(dataset)
    expect(checkField(factorization, field, { ...rated, regularization: 0 }, dataset)).toMatch(/above 0/)
    expect(checkField(factorization, field, { ...rated, regularization: 0.01 }, dataset)).toBeUndefined()
  })

  it('lets a number be left empty where that means something', () => {
    const field = fieldOf(factorization, 'likedFrom')
    const liked = factorization.defaults(dataset, { method: 'ials' })
    expect(whenEmpty(field)).toBe('Any number')
    expect(checkField(factorization, field, { ...liked, likedFrom: null }, dataset)).toBeUndefined()
    expect(checkField(factorization, field, { ...liked, likedFrom: 4 }, dataset)).toBeUndefined()
    expect(checkField(factorization, field, { ...liked, likedFrom: 'four' }, dataset)).toMatch(/^A number/)
    expect(whenEmpty(fieldOf(factorization, 'regularization'))).toBeUndefined()
  })

  it('asks for a column where none is chosen', () => {
    expect(checkField(pca, fieldOf(pca, 'columns'), { ...params, columns: [] }, dataset)).toBe(
      'Choose at least one column.'
    )
  })
})

it('offers every solver, automatic first, each with a sentence of its own', () => {
  const { control, help } = fieldOf(pca, 'solver')
  const options = control.kind === 'choice' ? control.options : []
  expect(options.map(({ value }) => value)).toEqual(['auto', ...PCA_SOLVERS])
  const params = pca.defaults(dataset)
  expect(params).toMatchObject({ solver: 'auto' })
  const sentences = options.map(({ value }) => help({ ...params, solver: value }, dataset))
  expect(new Set(sentences).size).toBe(options.length)
  for (const { value } of options) expect(canRun(pca, { ...params, solver: value }, dataset)).toBe(true)
  expect(canRun(pca, { ...params, solver: 'lanczos' }, dataset)).toBe(false)
})

it('names the column that leads where none is scaled', () => {
  const sds = [1, 3, 1]
  const spread = { ...dataset, columns: dataset.columns.map((column, i) => ({ ...column, sd: sds[i]! })) }
  const { help } = fieldOf(pca, 'scale')
  const params = { ...pca.defaults(dataset), columns: ['a', 'b', 'c'] }
  // 9 of 11
  expect(help(params, spread)).toContain('b leads with 82\u00a0% of the variance')
  expect(help({ ...params, columns: ['a', 'c'] }, spread)).toContain('a column with large numbers leads')
  expect(help({ ...params, scale: 'unit' }, spread)).toContain('counts the same')
})

it('canRun looks at visible fields and the spec', () => {
  const params = pca.defaults(dataset)
  expect(canRun(pca, params, dataset)).toBe(true)
  expect(canRun(pca, { ...params, nComponents: 99 }, dataset)).toBe(false)
  expect(canRun(pca, { ...params, scale: 'other' }, dataset)).toBe(false)
})

it('sameParams ignores the order of keys', () => {
  expect(sameParams({ a: 1, b: ['x'] }, { b: ['x'], a: 1 })).toBe(true)
  expect(sameParams({ a: 1 }, { a: 2 })).toBe(false)
})
it('reads a number as people write it, and leaves what is none as it is', () => {
  const cases: [string, number | string][] = [
    ['0.1', 0.1],
    ['0,1', 0.1],
    ['1,797', 1797],
    ['−2', -2],
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['0x10', '0x10'],
    ['1.', '1.'],
    ['x', 'x'],
    ['', ''],
    ['1e999', '1e999']
  ]
  for (const [text, value] of cases) expect(readNumber(text), text).toBe(value)
})

describe('a choice of two that is told from another field', () => {
  const purpose = fieldOf(factorization, 'purpose')
  const control = purpose.control
  if (control.kind !== 'either') throw new Error('purpose is no choice of two')

  it('takes a method of the other purpose, with nothing to be missed and nothing else changed by the choice', () => {
    const params = factorization.defaults(dataset, { method: 'sgd' })
    expect(control.valueOf(params)).toBe('ratings')
    const chosen = control.choose(params, 'preferences', dataset)
    expect(control.valueOf(chosen)).toBe('preferences')
    expect({ ...chosen, method: 'sgd' }).toEqual(params)
    const settled = factorization.settle!(chosen, params, dataset)
    expect(settled).toMatchObject({ user: params['user'], seed: params['seed'], split: params['split'] })
    expect(canRun(factorization, settled, dataset)).toBe(canRun(factorization, params, dataset))
    expect(checkField(factorization, purpose, settled, dataset)).toBeUndefined()
  })

  it('offers the methods of its purpose, that which is chosen among them', () => {
    const { control: method } = fieldOf(factorization, 'method')
    if (method.kind !== 'choice') throw new Error('method is no choice')
    for (const { value } of method.options) {
      const offered = method.offered!({ method: value })
      expect(offered).toContain(value)
      expect(offered.length).toBeLessThan(method.options.length)
    }
  })
})
