import { expect, test } from 'vitest'
import { constantWords } from '../../../renderer/analyses/pca/constant-words.ts'

test('columns that are not drawn are named while they are few', () => {
  expect(constantWords([])).toBe('')
  expect(constantWords(['dose'])).toBe('constant: dose')
  expect(constantWords(['dose', 'site'])).toBe('constant: dose, site')
  expect(constantWords(['a', 'b', 'c'])).toBe('3 constant columns left out')
})
