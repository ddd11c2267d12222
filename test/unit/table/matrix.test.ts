import { describe, expect, it } from 'vitest'
import type { TableView } from '../../../core/contract/table.ts'
import { toErrorData } from '../../../core/contract/errors.ts'
import { toMatrix } from '../../../core/table/matrix.ts'

const table: TableView = {
  fileName: 'flowers.csv',
  nRows: 4,
  lines: Int32Array.of(2, 3, 5, 6),
  columns: [
    { kind: 'number', name: 'a', values: Float64Array.of(1, NaN, 3, 4) },
    { kind: 'number', name: '__proto__', values: Float64Array.of(10, 20, NaN, NaN) },
    { kind: 'codes', name: 'species', codes: Int32Array.of(0, 0, 1, 1), dictionary: ['x', 'y'] },
    { kind: 'text', name: 'note', values: ['p', null, 'q', 'r'] },
    { kind: 'number', name: 'empty', values: new Float64Array(4).fill(NaN) },
    { kind: 'number', name: 'endless', values: Float64Array.of(1, 2, -Infinity, 4) }
  ]
}

const errorOf = (run: () => unknown) => {
  try {
    run()
  } catch (thrown) {
    return toErrorData(thrown)
  }
  throw new Error('nothing was thrown')
}

describe('toMatrix', () => {
  it('drops rows with a missing cell and says which and why', () => {
    const matrix = toMatrix(table, ['__proto__', 'a'], 'drop')
    expect(matrix.columns.map((values) => values[0])).toEqual([10, 1])
    expect(matrix.fill).toBeNull()
    expect(matrix.nSamples).toBe(1)
    expect([...matrix.rowsUsed]).toEqual([0])
    expect(matrix.dropped).toEqual([
      { row: 1, line: 3, columns: ['a'] },
      { row: 2, line: 5, columns: ['__proto__'] },
      { row: 3, line: 6, columns: ['__proto__'] }
    ])
    expect(Object.keys(matrix.imputed)).toEqual([])
  })
  it('fills with the column mean and counts the cells, whatever the column is called', () => {
    const matrix = toMatrix(table, ['a', '__proto__'], 'mean')
    expect(matrix.columns).toEqual([Float64Array.of(1, NaN, 3, 4), Float64Array.of(10, 20, NaN, NaN)])
    expect(matrix.fill).toEqual([8 / 3, 15])
    expect(Object.entries(matrix.imputed)).toEqual([
      ['a', 1],
      ['__proto__', 2]
    ])
    expect(matrix.dropped).toEqual([])
  })
  it('does not modify the table', () => {
    const before = structuredClone(table.columns[0])
    toMatrix(table, ['a'], 'mean')
    expect(table.columns[0]).toEqual(before)
  })
  it('has a mean where the sum would overflow', () => {
    const values = Float64Array.of(1.5e308, 1.5e308, NaN)
    const big: TableView = {
      fileName: 'f',
      nRows: 3,
      lines: Int32Array.of(1, 2, 3),
      columns: [{ kind: 'number', name: 'a', values }]
    }
    expect(toMatrix(big, ['a'], 'mean').fill).toEqual([1.5e308])
  })
  it('names the columns there are when one is unknown', () => {
    const { code, hint } = errorOf(() => toMatrix(table, ['b'], 'drop'))
    expect(code).toBe('COLUMN_UNKNOWN')
    expect(hint).toContain('a, __proto__, species, note')
  })
  it('refuses words', () => {
    expect(errorOf(() => toMatrix(table, ['species'], 'drop'))).toMatchObject({
      code: 'COLUMN_NOT_NUMERIC',
      where: { field: 'species' }
    })
    expect(errorOf(() => toMatrix(table, ['note'], 'drop')).message).toContain('is text, not numbers')
  })
  it('refuses an infinite value, with its line', () => {
    expect(errorOf(() => toMatrix(table, ['a', 'endless'], 'drop'))).toMatchObject({
      code: 'NON_FINITE',
      where: { file: 'flowers.csv', line: 5, field: 'endless' }
    })
  })
  it('cannot fill a column that has no value', () => {
    expect(errorOf(() => toMatrix(table, ['empty'], 'mean'))).toMatchObject({
      code: 'INVALID_PARAMETER',
      where: { field: 'empty' }
    })
    expect(toMatrix(table, ['empty'], 'drop').nSamples).toBe(0)
  })
  it.each(['drop', 'mean'] as const)('looks at the stop button before each column (%s)', (missing) => {
    let looks = 0
    const checkpoint = (): void => {
      if (++looks === 2) throw new Error('stopped')
    }
    expect(() => toMatrix(table, ['a', 'endless'], missing, { checkpoint, progress: () => undefined })).toThrow(
      'stopped'
    )
  })
  it('refuses an infinite value before it looks for a mean', () => {
    expect(errorOf(() => toMatrix(table, ['empty', 'endless'], 'mean')).code).toBe('NON_FINITE')
  })
})
