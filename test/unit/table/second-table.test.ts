import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importTable, preview } from './build.ts'

const lines = (...rows: string[]): string => rows.join('\n') + '\n'

describe('a second table below the first', () => {
  it.each([
    ['its names again', lines('a,b', '1,2', '3,4', '5,6', 'a,b', '7,8', '9,0'), 4],
    ['its names again, one more', lines('a,b', '1,2', '3,4', 'a,b,c', '7,8,9', '9,0,1'), 3],
    ['its names again, one less', lines('a,b,c', '1,2,3', '3,4,5', 'a,b', '7,8', '9,0'), 3],
    ['other names behind an empty line', lines('a,b', '1,2', '3,4', '', 'c,d', '7,8', '9,0'), 3],
    ['other names and more of them', lines('a,b', '1,2', '3,4', '5,6', 'name,c,d', 'x,7,8', 'y,9,0'), 4],
    ['a title above it', lines('a,b', '1,2', '3,4', '5,6', '', 'By town', 'town,c,d', 'x,7,8', 'y,9,0'), 4],
    ['other names under columns of numbers', lines('a,b,c', '1,2,3', '3,4,5', '5,6,7', 'x,y,z', '7,8,9', '9,0,1'), 4],
    ['a last row that goes on over two lines', lines('a,b', '1,x', '2,"y', 'z"', 'a,b', '7,v', '9,w'), 4]
  ])('%s', (_, text, lastDataRow) => {
    const { dialect, evidence, nRows, problems } = preview(text)
    expect(dialect).toMatchObject({ headerRow: 1, firstDataRow: 2, lastDataRow, footerRows: 0 })
    expect(evidence['lastDataRow']).toMatchObject({ certainty: 'unsure' })
    expect(nRows).toBe(text.includes('"') ? 2 : lastDataRow - 1)
    // every line that is not read is said
    const said = problems.kept.filter(({ code }) => code === 'LINE_SKIPPED').map(({ line }) => line)
    const below = text.split('\n').flatMap((line, i) => (line !== '' && i + 1 > lastDataRow ? [i + 1] : []))
    expect(said).toEqual(below)
  })
  it.each([
    ['rows that are equal', lines('Ann,Rome', 'Bob,Oslo', 'Ann,Rome', 'Cy,Rome', 'Dan,Oslo')],
    ['a row of words among numbers', lines('a,b', '1,2', 'x,y', '3,4', '5,6', '7,8')],
    ['a row that is too long', lines('a,b', '1,2', 'x,y,z', '3,4', '5,6', '7,8')],
    ['an empty line', lines('a,b', '1,2', '3,4', '', '5,6', '7,8')],
    ['words all the way', lines('a,b', 'x,y', 'z,w', '', 'c,d', 'u,v', 's,t')],
    ['names below each other', lines('a,b', 'a,b', '1,2', '3,4', '5,6')]
  ])('none: %s', (_, text) => {
    expect(preview(text).dialect.lastDataRow).toBeNull()
  })
  it('is read where a person says so, and the first one then stands above', () => {
    const text = lines('a,b', '1,2', '3,4', '', 'c,d', '7,8', '9,0')
    const { columns, nRows } = preview(text, { headerRow: 5 })
    expect([columns.map(({ name }) => name), nRows]).toEqual([['c', 'd'], 2])
    expect(preview(text, { lastDataRow: null }).nRows).toBe(5)
  })
  it('an import takes the rows of the first, whatever stands below', () => {
    const cell = fc.integer({ min: 0, max: 999 })
    const table = fc.array(fc.tuple(cell, cell), { minLength: 3, maxLength: 150 })
    fc.assert(
      fc.property(table, table, (first, second) => {
        fc.pre(first.length >= second.length)
        const write = (rows: readonly (readonly number[])[]): string[] => rows.map((row) => row.join(','))
        const { cells, nRows } = importTable(lines('a,b', ...write(first), 'a,b', ...write(second)))
        expect(nRows).toBe(first.length)
        expect(cells[0]).toEqual(first.map(([a]) => a))
      }),
      { numRuns: 40 }
    )
  })
})
