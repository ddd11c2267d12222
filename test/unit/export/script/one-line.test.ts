import fc from 'fast-check'
import { expect, it } from 'vitest'
import { oneLine } from '../../../../core/export/script/one-line.ts'

it('a text of a comment never begins another line, and stays itself where it has none', () => {
  expect(oneLine('Run 1\n import os')).toBe('Run 1 import os')
  expect(oneLine('plain "words"')).toBe('plain "words"')
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', ' ', '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029')), (parts) => {
      // Where Python's splitlines and R end a line.
      expect(oneLine(parts.join(''))).not.toMatch(/[\r\n\v\f\u0085\u2028\u2029]/)
    })
  )
})
