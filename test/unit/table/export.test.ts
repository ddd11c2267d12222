import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExportTable } from '../../../core/contract/analysis.ts'
import { writeCsv } from '../../../core/export/csv.ts'
import { writeJson } from '../../../core/export/json.ts'
import { tableSource } from '../../../core/export/source.ts'

const table = (...columns: ExportTable['columns']): ExportTable => ({ name: 'pca-scores', label: 'Scores', columns })
const csv = (t: ExportTable): string => [...writeCsv(tableSource(t))].join('')
const json = (t: ExportTable) =>
  JSON.parse([...writeJson(tableSource(t))].join('')) as {
    name: string
    label: string
    nRows: number
    columns: { name: string; type: string; values: unknown[] }[]
  }

describe('writeCsv', () => {
  it('writes numbers bare and whole, missing ones empty', () => {
    const values = Float64Array.of(0.1, NaN, -1e-300, -0, 0.1 + 0.2)
    expect(csv(table({ name: 'x', values }, { name: 'y', values: Int32Array.of(1, 2, 3, 4, 5) }))).toBe(
      'x,y\r\n0.1,1\r\n,2\r\n-1e-300,3\r\n-0,4\r\n0.30000000000000004,5\r\n'
    )
  })
  it('quotes what must be quoted', () => {
    expect(
      csv(
        table(
          { name: 'a,b', values: ['say "x"', 'two\nlines', ' edge', 'plain', ''] },
          { name: 'n', values: [1, 2, 3, 4, 5] }
        )
      )
    ).toBe('"a,b",n\r\n"say ""x""",1\r\n"two\nlines",2\r\n" edge",3\r\nplain,4\r\n,5\r\n')
  })
  it.each(['=1+1', '+1+A1', '-A1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://a")'])('disarms %j', (text) => {
    const line = csv(table({ name: text, values: [text] })).split('\r\n')
    expect(line[0]).toBe(`"'${text.replaceAll('"', '""')}"`)
    expect(line[1]).toBe(line[0])
  })
  it.each(['-1', '+1', '-0.5', '-1e-7', '-.5'])('leaves the name %j as it is: a plain number runs nothing', (text) => {
    expect(csv(table({ name: 'label', values: [text] }))).toBe(`label\r\n${text}\r\n`)
  })
  it('has no empty line where a lone column has a missing cell', () => {
    expect(csv(table({ name: 'x', values: [1, NaN, 3] }))).toBe('x\r\n1\r\n""\r\n3\r\n')
  })
  it('hands on a long table in pieces', () => {
    const pieces = [...writeCsv(tableSource(table({ name: 'x', values: new Float64Array(10_000) })))]
    expect(pieces.length).toBeGreaterThan(5)
    expect(pieces.join('').split('\r\n')).toHaveLength(10_002)
  })
})

describe('writeJson', () => {
  it('writes the columns as named arrays', () => {
    expect(
      json(
        table(
          { name: '__proto__', values: Float64Array.of(0.1, NaN, Infinity) },
          { name: 'who', values: ['a"b', '', '\u2028'] }
        )
      )
    ).toEqual({
      name: 'pca-scores',
      label: 'Scores',
      nRows: 3,
      columns: [
        { name: '__proto__', type: 'number', values: [0.1, null, null] },
        { name: 'who', type: 'text', values: ['a"b', null, '\u2028'] }
      ]
    })
  })
  it('gives every double back', () => {
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true, noDefaultInfinity: true, maxLength: 50 }), (values) => {
        const read = json(table({ name: 'x', values })).columns[0]!.values
        expect(read.length).toBe(values.length)
        read.forEach((value, i) => expect(Object.is(value, values[i])).toBe(true))
      })
    )
  })
  it('is whole JSON when it comes in pieces, and when it is empty', () => {
    expect(json(table({ name: 'x', values: new Float64Array(25_000) })).columns[0]!.values).toHaveLength(25_000)
    expect(json(table())).toMatchObject({ nRows: 0, columns: [] })
  })
})
