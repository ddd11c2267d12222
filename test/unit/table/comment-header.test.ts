import { describe, expect, it } from 'vitest'
import { importTable, preview } from './build.ts'

const lines = (...rows: string[]): string => rows.join('\n') + '\n'
const namesOf = (text: string): string[] => preview(text).columns.map(({ name }) => name)

describe('a header inside a comment', () => {
  it.each([
    ['the only comment', lines('# a,b,c', '1,2,3', '4,5,6'), ['a', 'b', 'c']],
    ['the last of several', lines('# made by hand', '# a,b,c', '1,2,3', '4,5,6'), ['a', 'b', 'c']],
    ['what numpy writes', lines('# x y z', '1.0 2.0 3.0', '4.0 5.0 6.0'), ['x', 'y', 'z']],
    ['over words', lines('# of 2024', '# name,town', 'Ann,Rome', 'Bob,Oslo', 'Cy,Rome'), ['name', 'town']],
    ['VCF', lines('##source=x', '##date=y', '#CHROM\tPOS\tID', '1\t2\ta', '1\t3\tb'), ['CHROM', 'POS', 'ID']],
    ['with quotes', lines('# by hand', '# "a, mm",b', '1,2', '3,4'), ['a, mm', 'b']]
  ])('%s', (_, text, names) => {
    const { dialect, evidence, nRows } = preview(text)
    expect(namesOf(text)).toEqual(names)
    expect(dialect.comment).toBe('#')
    expect(evidence['headerRow']?.text).toContain(`in the comment on line ${dialect.headerRow}`)
    expect(nRows).toBe(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length)
  })
  it.each([
    ['a sentence', lines('# made by hand', 'a,b', '1,2', '3,4'), ['a', 'b']],
    ['a header of its own that is sure', lines('# one,two', '# and more', 'a,b', '1,2', '3,4'), ['a', 'b']],
    ['numbers', lines('# 1,2', '# 3,4', '5,6', '7,8'), ['column 1', 'column 2']],
    ['a name with a sign', lines('#id,name', '1,x', '2,y'), ['#id', 'name']]
  ])('none: %s', (_, text, names) => {
    expect(namesOf(text)).toEqual(names)
  })
  it('is imported as it was shown, and the other comments are noted', () => {
    const { cells, problems } = importTable(lines('# made by hand', '# a,b', '1,2', '# a pause', '3,4'))
    expect(cells).toEqual([
      [1, 3],
      [2, 4]
    ])
    expect(problems.kept.map(({ line }) => line)).toEqual([1, 4])
  })
})
