import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellRules, readCell } from '../../../core/table/cell.ts'
import { importTable, preview } from './build.ts'

const lines = (...rows: string[]): string => rows.join('\n') + '\n'
const column = (cells: string[]): string => lines('name|value', ...cells.map((cell, i) => `${'abc'[i % 3]}|${cell}`))
const seen = (cells: string[]) => {
  const { dialect, columns, evidence } = preview(column(cells))
  const { type, unit, min, max } = columns[1]!
  return { signs: dialect.signs, type, unit, range: [min, max], said: evidence['signs'] }
}

describe('signs at numbers', () => {
  it.each([
    ['dollars', ['$1.50', '$1,234.50', '-$3.25'], ['$'], '$', [-3.25, 1234.5]],
    ['euros behind, with a decimal comma', ['1.234,50 \u20ac', '3,00 \u20ac', '-5,10\u00a0\u20ac'], ['\u20ac'], '\u20ac', [-5.1, 1234.5]],
    ['euros in front', ['\u20ac 1.234,50', '\u20ac 3,00', '\u20ac -5,10'], ['\u20ac'], '\u20ac', [-5.1, 1234.5]],
    ['percent', ['12 %', '3.5%', '100 %'], ['%'], '%', [3.5, 100]],
    ['a code', ['CHF 12', 'CHF 3.50', 'CHF 7'], ['CHF'], 'CHF', [3.5, 12]],
    ['negatives of accountants', ['1,200.50', '(1,234)', '(3)', '7'], ['()'], undefined, [-1234, 1200.5]],
    ['the same with dollars', ['$1,200.50', '($1,234)', '($3)'], ['$', '()'], '$', [-1234, 1200.5]],
    ['a long minus', ['\u22125', '3.5', '\u22121.25'], ['\u2212'], undefined, [-5, 3.5]]
  ])('%s', (_, cells, signs, unit, range) => {
    expect(seen(cells)).toMatchObject({ signs, type: 'number', unit, range })
    expect(seen(cells).said).toMatchObject({ certainty: expect.stringMatching(/^(un)?sure$/) })
  }) // prettier-ignore
  it.each([
    ['two currencies in one column', ['$5', '\u20ac3', '$1', '\u20ac2', '$3'], ['$']],
    ['footnotes', ['(1)', '(2)', '(3)', '(1)'], []],
    ['sentences', ['about $5', 'up to 3 %', 'none'], []],
    ['addresses', ['$HOME', '%d', '100%%'], []]
  ])('no numbers: %s', (_, cells, signs) => {
    expect(seen(cells)).toMatchObject({ type: 'text', signs })
  })
  it('are said to be wanting where some cells are bare', () => {
    expect(seen(['5%', '3', '7%']).said).toEqual({ text: '2 numbers with %, 1 without', certainty: 'unsure' })
  })
  it('are text where a person says so, with every letter kept', () => {
    const text = column(['$1.50', '$2.00', '$1.50'])
    const { columns, rows } = preview(text, { signs: [] })
    expect(columns[1]).toMatchObject({ type: 'text' })
    expect(rows.map(({ cells }) => cells[1])).toEqual(['$1.50', '$2.00', '$1.50'])
  })
  it('cells with another sign are problems of the column, not numbers of it', () => {
    const cells = [...Array.from({ length: 20 }, (_, i) => `$${i}.50`), '\u20ac9.50']
    const { columns, problems } = preview(column(cells))
    expect(columns[1]).toMatchObject({ type: 'number', unit: '$', missing: 1 })
    expect(problems.kept).toMatchObject([{ code: 'NOT_A_NUMBER', line: 22, column: 2, text: '\u20ac9.50' }])
  })
  it('leave the number what it is without them, and the import has the unit', () => {
    const rules = cellRules({ decimal: '.', missingTokens: [''], signs: ['$', '%', '()'] })
    const number = fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => String(value))
    fc.assert(
      fc.property(number, (text) => {
        const value = Number(text)
        for (const [written, wanted] of [
          [`$${text}`, value],
          [`-$ ${text}`, -value],
          [`${text} %`, value],
          [`($${text})`, -value]
        ] as const) {
          const reading = readCell(written, rules)
          expect([reading.kind, Object.is(reading.value, wanted)]).toEqual(['number', true])
        }
      })
    )
    const built = importTable(column(['$1.50', '$2.00', '$3.00']))
    expect(built.columns[1]).toMatchObject({ type: 'number', unit: '$' })
    expect(built.cells[1]).toEqual([1.5, 2, 3])
  })
  it('a code with zeros before it stays one', () => {
    const rules = cellRules({ decimal: '.', missingTokens: [''], signs: ['$'] })
    expect(['$007', '$', '$-', '$5$', '-$-5'].map((text) => readCell(text, rules).kind)).toEqual(Array(5).fill('text'))
  })
})
