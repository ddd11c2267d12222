import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commaDialect, type Dialect } from '../../../core/contract/table.ts'
import { cellRules, readCell } from '../../../core/table/cell.ts'
import { fitsType } from '../../../core/table/infer.ts'
import {
  delimiterName,
  dialectOptions,
  encodingNames,
  missingWords,
  NONE,
  readDelimiter,
  readMissingWords,
  readWord,
  wordOf,
  type DialectPart
} from '../../../renderer/import/dialect-words.ts'
import { understandCell } from '../../../renderer/import/understand-cell.ts'
import { formatCell } from '../../../renderer/ui/format.ts'
import { missingCell, numberCell, textCell } from '../../../renderer/ui/table.ts'

const dialect: Dialect = { ...commaDialect, missingTokens: ['', 'NA', '-999'] }
const rules = cellRules(dialect)
const number = { type: 'number' as const, decimals: 1 }

describe('cells of a table', () => {
  it('marks what is missing', () => {
    expect(numberCell(NaN, 1)).toBe(missingCell)
    expect(textCell(null)).toBe(missingCell)
    expect(missingCell).toMatchObject({ text: '–', state: 'missing' })
  })

  it('writes what is there, the whole of a long text as its tooltip', () => {
    expect(numberCell(-18, 1)).toEqual({ text: '\u221218.0' })
    expect(textCell('')).toEqual({ text: '' })
    expect(textCell('setosa')).toEqual({ text: 'setosa' })
    const long = 'a text of more than twenty letters'
    expect(textCell(long)).toEqual({ text: long, title: long })
  })
})

describe('understandCell', () => {
  it('says why a cell is missing', () => {
    expect(understandCell(null, number, rules).title).toBe('The row ends before this column: missing')
    expect(understandCell('  ', number, rules).title).toBe('Empty: missing')
    expect(understandCell(' NA ', number, rules).title).toBe('“NA” stands for missing')
    expect(understandCell('19O', number, rules).title).toBe('“19O” is not a number: read as missing')
    expect(understandCell('1e999', number, rules).title).toBe('“1e999” is not a finite number: read as missing')
    for (const written of [null, '  ', ' NA ', '-999', '19O', '1e999']) {
      expect(understandCell(written, number, rules)).toMatchObject({ text: '–', state: 'missing' })
    }
  })

  it('reads numbers by the decimal sign of the file', () => {
    expect(understandCell(' 39.1 ', number, rules)).toEqual({ text: '39.1' })
    expect(understandCell('39,1', number, cellRules({ ...dialect, decimal: ',' }))).toEqual({ text: '39.1' })
    expect(understandCell('39.1', number, cellRules({ ...dialect, decimal: ',' })).state).toBe('missing')
    expect(understandCell('39,1', number, rules).state).toBe('missing')
  })

  it('leaves texts as they are, also numbers among them', () => {
    expect(understandCell(' 007 ', { type: 'text' }, rules)).toEqual({ text: '007' })
    expect(understandCell('NA', { type: 'category' }, rules).state).toBe('missing')
  })

  it('reads dates, words for yes and no, and digits in groups by the rules of the file', () => {
    const european = cellRules({ ...dialect, decimal: ',', thousands: '.', dateOrder: 'dmy' })
    expect(understandCell('1.234,5', number, european)).toEqual({ text: '1234.5' })
    expect(understandCell('3/4/2024', { type: 'date' }, european)).toEqual({ text: '3/4/2024' })
    expect(understandCell('3/4/2024', { type: 'date' }, rules).title).toBe('“3/4/2024” is not a date: read as missing')
    expect(understandCell('maybe', { type: 'boolean' }, rules).state).toBe('missing')
  })

  it('reads a column of numbers as the engine will', () => {
    const signs = [...'0123456789'.split(''), '.', ',', '-', '+', 'e', 'E', ' ', 'N', 'A', 'inf', '999']
    const written = fc.oneof(
      fc.array(fc.constantFrom(...signs), { maxLength: 9 }).map((parts) => parts.join('')),
      fc.double().map(String),
      fc.constantFrom('NA', '-999', '', 'Infinity', '1e999', '-1e400', '007')
    )
    const decimal = fc.constantFrom('.' as const, ',' as const)
    fc.assert(
      fc.property(written, decimal, fc.option(fc.nat(4), { nil: undefined }), (text, sign, decimals) => {
        const own = cellRules({ decimal: sign, missingTokens: dialect.missingTokens })
        const reading = readCell(text, own)
        const cell = understandCell(text, { type: 'number', ...(decimals !== undefined && { decimals }) }, own)
        if (fitsType(reading, 'number')) expect(cell).toEqual({ text: formatCell(reading.value, decimals) })
        else expect(cell.state).toBe('missing')
      }),
      { seed: 9, numRuns: 1000 }
    )
  })
})

describe('dialects in words', () => {
  it('names the usual delimiters, quotes a rare one', () => {
    expect([',', ';', '\t', '|', ' ', '~'].map(delimiterName)).toEqual([
      'Comma',
      'Semicolon',
      'Tab',
      'Bar',
      'Space',
      '“~”'
    ])
    expect(encodingNames['utf-8']).toBe('UTF-8')
  })

  it('offers what was understood, once, whatever it was', () => {
    const understood: fc.Arbitrary<Dialect> = fc.record({
      repeated: fc.constant(false),
      escape: fc.constantFrom('' as const, '\\' as const),
      thousands: fc.constantFrom('' as const, ',' as const, ' ' as const, "'" as const),
      headerRows: fc.integer({ min: 1, max: 20 }),
      lastDataRow: fc.constant(null),
      signs: fc.constant([]),
      dateOrders: fc.constantFrom<Dialect['dateOrders']>({}, { 1: 'dmy' }),
      footerRows: fc.integer({ min: 0, max: 30 }),
      comment: fc.constant(''),
      dateOrder: fc.constantFrom(null, 'dmy' as const, 'mdy' as const),
      guard: fc.constantFrom('lift' as const, 'keep' as const),
      delimiter: fc.oneof(fc.constantFrom(',', ';', '\t', '|', ' ', ':'), fc.string({ minLength: 1, maxLength: 1 })),
      quote: fc.constantFrom('"' as const, "'" as const, '' as const),
      encoding: fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const, 'windows-1252' as const),
      decimal: fc.constantFrom('.' as const, ',' as const),
      newline: fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const, 'mixed' as const),
      headerRow: fc.option(fc.integer({ min: 1, max: 40 })),
      firstDataRow: fc.constant(41),
      missingTokens: fc.constant([''])
    })
    fc.assert(
      fc.property(understood, (found) => {
        const options = dialectOptions(found)
        for (const part of Object.keys(options) as DialectPart[]) {
          const values = options[part].map(({ value }) => value)
          expect(values.filter((value) => value === wordOf(found, part))).toHaveLength(1)
          // an order for each column is what is found where none is given
          const apart = part === 'dateOrder' && Object.keys(found.dateOrders).length > 0
          expect(readWord(part, wordOf(found, part))).toEqual(apart ? {} : { [part]: found[part] })
          expect(new Set(values).size).toBe(values.length)
          expect(new Set(options[part].map(({ label }) => label)).size).toBe(values.length)
        }
      }),
      { seed: 10 }
    )
  })

  it('takes a tab as it is typed', () => {
    expect(['\\t', '::', ','].map(readDelimiter)).toEqual(['\t', '::', ','])
  })

  it('offers a header further down by itself', () => {
    expect(dialectOptions({ ...dialect, headerRow: 14 }).headerRow.map(({ value }) => value)).toEqual([
      NONE,
      ...'1 2 3 4 5 6 7 8 9 10 14'.split(' ')
    ])
  })

  it('reads the words for missing back as they were', () => {
    expect(missingWords(['', 'NA', '-999'])).toBe('NA, -999')
    expect(readMissingWords(' NA,, -999 ,NA')).toEqual(['', 'NA', '-999'])
    expect(readMissingWords('')).toEqual([''])
    const word = fc.string({ minLength: 1 }).filter((text) => text === text.trim() && !text.includes(','))
    fc.assert(
      fc.property(fc.uniqueArray(word), (words) => {
        expect(readMissingWords(missingWords(['', ...words]))).toEqual(['', ...words])
      }),
      { seed: 11 }
    )
  })
})
