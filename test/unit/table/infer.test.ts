import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellRules, explainNotNumber, readCell } from '../../../core/table/cell.ts'
import { DISTINCT_LIMIT } from '../../../core/table/distinct-numbers.ts'
import { ColumnProfile } from '../../../core/table/infer.ts'
import { MISSING_TOKENS } from '../../../core/table/dialect.ts'

const rules = cellRules({ decimal: '.', missingTokens: [...MISSING_TOKENS] })
const commaRules = cellRules({ decimal: ',', missingTokens: [...MISSING_TOKENS] })

const profileOf = (texts: (string | undefined)[], own = rules): ColumnProfile => {
  const profile = new ColumnProfile(own)
  for (const text of texts) profile.read(text)
  return profile
}
const typeOf = (texts: string[], own = rules) => profileOf(texts, own).inferType()
const repeat = (texts: string[], times: number): string[] => Array.from({ length: times }, () => texts).flat()

describe('readCell', () => {
  it.each([
    ['5.1', 'number', 5.1],
    ['-0', 'number', -0],
    ['+.5', 'number', 0.5],
    ['5.', 'number', 5],
    [' 1e-7 ', 'number', 1e-7],
    ['0.67996100000000006', 'number', 0.67996100000000006],
    ['9007199254740992', 'number', 2 ** 53],
    ['9007199254740993', 'tooLarge', 2 ** 53],
    ['9007199254740994', 'number', 2 ** 53 + 2],
    ['100000000000000000000', 'number', 1e20],
    ['-12345678901234567890', 'tooLarge', -12345678901234567890],
    ['12345678901234567890.0', 'number', 12345678901234567890],
    ['007', 'paddedInteger', 7],
    ['00.5', 'number', 0.5],
    ['1e999', 'nonFinite', NaN],
    ['-Infinity', 'nonFinite', NaN],
    ['inf', 'nonFinite', NaN],
    ['0x1F', 'text', NaN],
    ['1_000', 'text', NaN],
    ['1,5', 'text', NaN],
    ['.', 'missing', NaN],
    [' - ', 'missing', NaN],
    ['-5-', 'text', NaN],
    ['1e', 'text', NaN],
    [' NA ', 'missing', NaN],
    ['', 'missing', NaN],
    ['NaN', 'missing', NaN]
  ])('%j is %s', (text, kind, value) => {
    expect(readCell(text, rules)).toMatchObject({ kind, value })
  })
  it('reads a decimal comma, and no point then', () => {
    expect(readCell('39,1', commaRules)).toMatchObject({ kind: 'number', value: 39.1, decimals: 1 })
    expect(readCell('-1,5e3', commaRules)).toMatchObject({ kind: 'number', value: -1500 })
    expect(readCell('1.234', commaRules).kind).toBe('text')
    expect(readCell('1,234,5', commaRules).kind).toBe('text')
  })
  it('gives the same double as Number for every number a program writes', () => {
    const short = fc
      .tuple(fc.integer({ min: -999999999, max: 999999999 }), fc.nat(12))
      .map(([m, d]) => (m / 10 ** d).toFixed(d))
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), short), (text) => {
        const { kind, value } = readCell(text, rules)
        if (kind === 'paddedInteger') return
        expect(['number', 'tooLarge']).toContain(kind)
        expect(Object.is(value, Number(text))).toBe(true)
      }),
      { numRuns: 2000 }
    )
  })
  it('knows a number among the missing tokens', () => {
    const own = cellRules({ decimal: '.', missingTokens: ['-999'] })
    expect(readCell('-999', own).kind).toBe('missing')
    expect(readCell('', own).kind).toBe('text')
  })
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2024-02-29T12:30:00.5Z', true],
    ['2024/2/9', true],
    ['29.2.2024', true],
    ['4-Feb-1971', true],
    ['3/4/2024', false],
    ['2024-13-01', false]
  ])('date %s: %s', (text, isDate) => {
    expect(readCell(text, rules).isDate).toBe(isDate)
  })
  it.each([
    ['19O', '19O is not a number: the last sign is a letter'],
    ['39,1', '39,1 is not a number: its decimal sign is a comma'],
    ['abc', 'abc is not a number']
  ])('explains %s', (text, words) => {
    expect(explainNotNumber(text, rules)).toBe(words)
  })
  it('explains a point where the decimal sign is a comma', () => {
    expect(explainNotNumber('39.1', commaRules)).toBe('39.1 is not a number: its decimal sign is a point')
  })
})

describe('inferType', () => {
  it.each([
    ['number', ['1', '2', '3']],
    ['number', ['1', 'NA', '', 'inf']],
    ['number', ['1', '2', '3', '4', '5', '6', '7', '8', '9', '19O']],
    ['text', ['1', '2', '3', '4', '5', '6', '7', '8', '19O']],
    ['text', ['007', '011', '123']],
    ['category', repeat(['007', '011', '123'], 2)],
    ['text', ['9007199254740993', '1', '2']],
    ['boolean', ['TRUE', 'FALSE', 'TRUE']],
    ['boolean', ['yes', 'no', '']],
    ['boolean', ['T', 'F', 'T']],
    ['category', ['F', 'F', 'F']],
    ['category', repeat(['True', 'TRUE', 'false'], 3)],
    ['number', ['0', '1', '0']],
    ['date', ['2024-01-01', '2024-01-02', 'NA']],
    ['text', ['2024-01-01', 'soon']],
    ['category', ['a', 'b', 'a', 'b']],
    ['text', ['a', 'b', 'a']],
    ['text', ['', 'NA', '']]
  ])('%s: %j', (type, texts) => {
    expect(typeOf(texts)).toBe(type)
  })
  it('takes 1,000 values in two rows each for a category, and 1,001 for text', () => {
    const words = (n: number): string[] => Array.from({ length: n }, (_, i) => `w${i}`)
    expect(typeOf(repeat(words(1000), 2))).toBe('category')
    expect(typeOf(repeat(words(1001), 2))).toBe('text')
  })
  it('takes one zero-padded number among hundreds for a number', () => {
    expect(typeOf([...Array.from({ length: 300 }, (_, i) => String(i)), '05'])).toBe('number')
  })
})

describe('summarize', () => {
  it('gives the moments of the values, divisor n − 1', () => {
    // mean 5, squares about it 32: sd = √(32/7)
    const summary = profileOf(['2', '4.0', '4', '4', '5', '5', '7', '9', 'NA', undefined]).summarize('x', 'number', 0)
    expect(summary).toMatchObject({ missing: 2, distinct: 5, min: 2, max: 9, mean: 5, decimals: 1 })
    expect(summary.sd).toBeCloseTo(Math.sqrt(32 / 7), 14)
  })
  it('keeps the digits of a small spread on a large mean', () => {
    // 1e9 + {4, 7, 13, 16}: variance 30 exactly (NIST StRD style, Chan et al. 1983)
    const texts = repeat(['4', '7', '13', '16'], 1).map((last) => String(1e9 + Number(last)))
    expect(profileOf(texts).summarize('x', 'number', 0).sd).toBeCloseTo(Math.sqrt(30), 12)
  })
  it('has an equal bin for each integer of a short range, 14 bins for others, one for a constant', () => {
    const histogramOf = (texts: string[]) => profileOf(texts).summarize('x', 'number', 0).histogram
    expect(histogramOf(['1', '2', '2', '5'])).toEqual([1, 2, 0, 0, 1])
    expect(histogramOf(['0.0', '0.5', '14.0'])).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    expect(histogramOf(['7.5', '7.5'])).toEqual([2])
  })
  it('orders words by how often they stand', () => {
    const summary = profileOf(['b', 'a', 'a', 'NA']).summarize('x', 'category', 0)
    expect(summary).toMatchObject({
      missing: 1,
      distinct: 2,
      topValues: [
        { value: 'a', count: 2 },
        { value: 'b', count: 1 }
      ]
    })
  })
  it('counts cells that do not fit as missing', () => {
    const profile = profileOf(['1', 'x', '2', 'inf', ''])
    expect(profile.summarize('x', 'number', 0).missing).toBe(3)
    expect(profile.countMisfits('number')).toBe(2)
    expect(profile.summarize('x', 'text', 0).missing).toBe(1)
  })
  it('counts a document and does not keep it: a column of long texts is text, without frequent values', () => {
    const essay = 'word '.repeat(10_000)
    const profile = profileOf(repeat([essay, 'short'], 20))
    expect(profile.inferType()).toBe('text')
    const { missing, topValues, distinctIsLowerBound } = profile.summarize('x', 'text', 0)
    expect([missing, topValues, distinctIsLowerBound]).toEqual([0, [{ value: 'short', count: 20 }], true])
  })
  it('stays right beyond the limit of distinct values', () => {
    const n = 3 * DISTINCT_LIMIT
    const summary = profileOf(Array.from({ length: n }, (_, i) => String((i * 7919) % n))).summarize('x', 'number', 1)
    expect(summary).toMatchObject({
      distinct: DISTINCT_LIMIT,
      distinctIsLowerBound: true,
      min: 0,
      max: n - 1,
      missing: 0
    })
    expect(summary.mean).toBeCloseTo((n - 1) / 2, 6)
    // variance of 0 … n − 1 is n(n + 1)/12
    expect(summary.sd).toBeCloseTo(Math.sqrt((n * (n + 1)) / 12), 6)
    expect(summary.histogram!.reduce((a, b) => a + b)).toBe(n)
    for (const count of summary.histogram!) expect(Math.abs(count - n / 14)).toBeLessThan(n / 1024)
  })
  it('follows values whose range grows by orders of magnitude', () => {
    const texts = Array.from({ length: DISTINCT_LIMIT + 2000 }, (_, i) =>
      String(i < DISTINCT_LIMIT ? i * 1e-6 : (i - DISTINCT_LIMIT) * 1e3)
    )
    const { histogram } = profileOf(texts).summarize('x', 'number', 1)
    expect(histogram!.reduce((a, b) => a + b)).toBe(texts.length)
    expect(histogram![0]).toBeGreaterThan(DISTINCT_LIMIT)
    expect(Math.abs(histogram![13]! - 2000 / 14)).toBeLessThan(4)
  })
  it.each([
    ['id', 0, ['1', '2', '3'], true],
    ['rownames', 0, ['0', '1', '2'], true],
    ['dose', 0, ['1', '2', '3'], undefined],
    ['dose', 0, Array.from({ length: 10 }, (_, i) => String(i + 1)), true],
    ['dose', 2, Array.from({ length: 10 }, (_, i) => String(i + 1)), undefined],
    ['id', 0, ['1', '2', '4'], undefined],
    ['id', 0, ['2', '3', '4'], undefined]
  ])('row number: %s at %i', (name, index, texts, isRowNumber) => {
    expect(profileOf(texts).summarize(name, 'number', index).isRowNumber).toBe(isRowNumber)
  })
})

describe('digits in groups', () => {
  const read = (text: string, thousands: '' | ',' | '.' | ' ' | "'", decimal: '.' | ',' = '.') => {
    const { kind, value } = readCell(text, cellRules({ decimal, thousands, missingTokens: [''] }))
    return kind === 'number' ? value : kind
  }
  it.each([
    ['1,234.5', ',', '.', 1234.5],
    ['-12,345,678', ',', '.', -12345678],
    ['1.234,5', '.', ',', 1234.5],
    ['1 234,5', ' ', ',', 1234.5],
    ['1\u00a0234\u00a0567', ' ', '.', 1234567],
    ['\u202f1\u202f234 ', ' ', '.', 1234],
    ["1'234.50", "'", '.', 1234.5],
    ['1\u2019234', "'", '.', 1234],
    ['1,234e3', ',', '.', 1234000],
    ['999', ',', '.', 999],
    ['9,007,199,254,740,993', ',', '.', 'tooLarge'],
    // only whole groups of three count, all parted alike
    ['1,23', ',', '.', 'text'],
    ['1,2345', ',', '.', 'text'],
    ['1234,567', ',', '.', 'text'],
    ['0,123', ',', '.', 'text'],
    ['1 234\u00a0567', ' ', '.', 'text'],
    ['1,234.567,8', ',', '.', 'text'],
    ['1.234', '', ',', 'text'],
    ['1,234', '', '.', 'text']
  ] as const)('%j by %j with %j is %s', (text, thousands, decimal, value) => {
    expect(read(text, thousands, decimal)).toBe(value)
  })
  it('have the value of the digits without groups', () => {
    const number = fc.tuple(fc.nat({ max: 2 ** 40 }), fc.nat(4)).map(([n, d]) => (n / 10 ** d).toFixed(d))
    fc.assert(
      fc.property(number, fc.constantFrom(',' as const, ' ' as const, "'" as const), (text, sign) => {
        const [whole, decimals] = text.split('.')
        const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, sign) + (decimals === undefined ? '' : `.${decimals}`)
        expect(read(grouped, sign)).toBe(Number(text))
      })
    )
  })
})

it('calls a column of whole numbers integer, and no other', () => {
  const integer = (texts: string[]) => profileOf(texts).summarize('x', 'number', 0).integer
  expect(integer(['1', '2', 'NA', '1e3'])).toBe(true)
  expect(integer(['1', '2.5'])).toBeUndefined()
  expect(integer(['1', '18.0'])).toBeUndefined()
  expect(integer(['1', '2', '15e-1'])).toBeUndefined()
  expect(integer([''])).toBeUndefined()
})
