import { expect, it } from 'vitest'
import { factorizationSpec } from '../../../core/analyses/factorization/spec.ts'
import { pcaSpec } from '../../../core/analyses/pca/spec.ts'
import type { DatasetShape } from '../../../core/contract/analysis.ts'
import type { Roles } from '../../../core/contract/preparation.ts'

const shape = (roles: Roles): DatasetShape => ({
  name: 'people',
  nRows: 3,
  ratings: null,
  roles,
  columns: [
    { name: 'id', type: 'number', missing: 0, isRowNumber: true },
    { name: 'who', type: 'text', missing: 0, distinct: 3 },
    { name: 'city', type: 'category', missing: 0, distinct: 2 },
    { name: 'age', type: 'number', missing: 0 },
    { name: 'height', type: 'number', missing: 0 },
    { name: '__proto__', type: 'number', missing: 0 }
  ]
})

it('chooses numbers that are not said to be something else', () => {
  expect(pcaSpec.defaults(shape({})).columns).toEqual(['age', 'height', '__proto__'])
  expect(pcaSpec.defaults(shape({ age: 'ignore' })).columns).toEqual(['height', '__proto__'])
  expect(pcaSpec.defaults(shape({ age: 'group', height: 'weight' })).columns).toEqual(['__proto__'])
})

it('chooses the features alone where there are some, row numbers too', () => {
  expect(pcaSpec.defaults(shape({ height: 'feature', id: 'feature' })).columns).toEqual(['id', 'height'])
  expect(factorizationSpec.defaults(shape({ height: 'feature' })).items).toEqual(['height'])
})

it('names the rows by the label', () => {
  expect(pcaSpec.defaults(shape({})).label).toBe('who')
  expect(pcaSpec.defaults(shape({ city: 'label' })).label).toBe('city')
  expect(pcaSpec.defaults(shape({ who: 'ignore' })).label).toBeNull()
  expect(pcaSpec.defaults(shape({ age: 'label' })).columns).toEqual(['height', '__proto__'])
})

it('says of columns of numbers why they are left out at first', () => {
  const [columns] = pcaSpec.fields
  const help = (roles: Roles): string => columns!.help({}, shape(roles))
  expect(help({})).toBe('id only counts the rows: left out at first.')
  expect(help({ id: 'label', age: 'group' })).toBe(
    'id only names the rows, age says which group a row is of: left out at first.'
  )
  expect(help({ id: 'feature' })).toBe('Numeric columns; others can colour and name the points.')
})

it('gives way to what is asked', () => {
  expect(pcaSpec.defaults(shape({ age: 'ignore' }), { columns: ['age'] }).columns).toEqual(['age'])
})
