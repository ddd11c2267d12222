import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nameColumns } from '../../../core/table/names.ts'

it('trims names, tells equal ones apart, names the nameless', () => {
  const { names, problems } = nameColumns([' x ', 'x', '', 'x', 'x 2'], 5, 3)
  expect(names).toEqual(['x', 'x 3', 'column 3', 'x 4', 'x 2'])
  expect(problems.map(({ code, line, column, field }) => [code, line, column, field])).toEqual([
    ['DUPLICATE_NAME', 3, 2, 'x 3'],
    ['EMPTY_NAME', 3, 3, 'column 3'],
    ['DUPLICATE_NAME', 3, 4, 'x 4']
  ])
})

it('says "x 2" for a second x', () => {
  expect(nameColumns(['x', 'x'], 2).names).toEqual(['x', 'x 2'])
})

it('numbers columns without a header', () => {
  expect(nameColumns(null, 3)).toEqual({ names: ['column 1', 'column 2', 'column 3'], problems: [] })
})

it('gives different names that are never empty, whatever the header', () => {
  const cell = fc.oneof(fc.constantFrom('x', 'x 2', 'x 3', '', 'column 2', '__proto__', 'constructor'), fc.string())
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const { names } = nameColumns(cells, cells.length)
      expect(new Set(names).size).toBe(cells.length)
      expect(names.every((name) => name !== '')).toBe(true)
    })
  )
})
