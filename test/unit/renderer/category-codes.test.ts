import { expect, test } from 'vitest'
import { codesOf, MOST_LEVELS } from '../../../renderer/analyses/pca/category-codes.ts'

test('words and numbers of few values become codes in the order they come, gaps −1', () => {
  expect(codesOf({ kind: 'text', name: 'a', values: ['x', null, 'y', 'x'] })).toEqual({
    name: 'a',
    codes: Int32Array.of(0, -1, 1, 0),
    dictionary: ['x', 'y']
  })
  expect(codesOf({ kind: 'number', name: 'digit', values: Float64Array.of(7, NaN, 0, 7) })).toEqual({
    name: 'digit',
    codes: Int32Array.of(0, -1, 1, 0),
    dictionary: ['7', '0']
  })
  const category = { kind: 'codes' as const, name: 'c', codes: Int32Array.of(1, 0), dictionary: ['p', 'q'] }
  expect(codesOf(category)).toEqual({ name: 'c', codes: category.codes, dictionary: ['p', 'q'] })
})

test('more values than a picture can tell apart are names, not groups', () => {
  const values = Array.from({ length: MOST_LEVELS + 1 }, (_, i) => `row ${i}`)
  expect(codesOf({ kind: 'text', name: 'a', values })).toBeNull()
  expect(codesOf({ kind: 'text', name: 'a', values: values.slice(1) })).not.toBeNull()
})
