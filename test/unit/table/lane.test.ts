import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnChoice, Dialect } from '../../../core/contract/table.ts'
import { commaDialect } from '../../../core/contract/table.ts'
import '../../../core/engine/kernel-flags.ts'
import { divideByPowerOfTen } from '../../../core/table/decimal-quotient.ts'
import { MISSING_TOKENS } from '../../../core/table/dialect.ts'
import { suitsLane, type LanePlan } from '../../../core/table/lane.ts'
import { LaneFeed, LaneRoom } from '../../../core/table/lane-feed.ts'
import { TableBuilder } from '../../../core/table/read.ts'
import { toBytes } from './build.ts'

const dialect: Dialect = { ...commaDialect, missingTokens: [...MISSING_TOKENS] }

const planOf = (nFields: number, over: Partial<Dialect> = {}, wanted?: number[]): LanePlan => ({
  dialect: { ...dialect, ...over },
  nFields,
  wanted: wanted ?? Array.from({ length: nFields }, (_, i) => i),
  words: []
})

const read = (text: string, plan: LanePlan) => {
  const bytes = toBytes(text)
  const { rows } = new LaneRoom(plan, bytes.length).read(bytes, 0, plan.dialect.newline === '\r' ? 13 : 10)
  const cells = Array.from({ length: rows.rows }, (_, r) =>
    plan.wanted.map((_, w) => rows.values[w * rows.capacity + r]!)
  )
  return { ...rows, cells, lineOf: [...rows.lineOf.subarray(0, rows.rows)], decimals: [...rows.decimals] }
}

describe('LaneReader', () => {
  it('reads numbers, missing tokens and blank lines', () => {
    const text = '1,-2.50,NA\n\n+.5,1e3, 7 \r\n,-0,?\n'
    const { cells, lineOf, decimals, lines, end } = read(text, planOf(3))
    expect(cells).toEqual([
      [1, -2.5, NaN],
      [0.5, 1000, 7],
      [NaN, -0, NaN]
    ])
    expect({ lineOf, decimals, lines, end }).toEqual({
      lineOf: [0, 2, 3],
      decimals: [1, 2, 0],
      lines: 4,
      end: text.length
    })
  })
  it.each([
    ['a word', '1,2\n3,x\n'],
    ['a quote', '1,2\n3,"4"\n'],
    ['too few fields', '1,2\n3\n'],
    ['too many fields', '1,2\n3,4,5\n'],
    ['a zero byte', '1,2\n3,4\0\n'],
    ['a letter beyond ASCII', '1,2\n3,4é\n'],
    ['an identifier', '1,2\n3,007\n'],
    ['an integer no double equals', '1,2\n3,9007199254740993\n'],
    ['an infinity', '1,2\n3,1e999\n']
  ])('stops at the row that has %s, and has taken nothing from it', (_, text) => {
    const { cells, end, decimals } = read(text.replace('3,', '3.25,'), planOf(2))
    expect({ cells, end, decimals }).toEqual({ cells: [[1, 2]], end: 4, decimals: [0, 0] })
  })
  it('skips the fields nobody wants, whatever they say in ASCII', () => {
    const { cells, end } = read('1,some words,2\n3,,4\n5,"6",7\n', planOf(3, {}, [0, 2]))
    expect({ cells, end }).toEqual({
      cells: [
        [1, 2],
        [3, 4]
      ],
      end: 20
    })
  })
  it('reads a decimal comma, lines that end CR, and stops at comments', () => {
    expect(read('1,5;-2\r3;4,25\r', planOf(2, { delimiter: ';', decimal: ',', newline: '\r' })).cells).toEqual([
      [1.5, -2],
      [3, 4.25]
    ])
    expect(read('1\n#2\n3\n', planOf(1, { comment: '#' })).end).toBe(2)
  })
  it('is not for delimiters, encodings and lines it cannot tell by a byte', () => {
    expect(suitsLane(dialect)).toBe(true)
    for (const over of [
      { delimiter: '::' },
      { delimiter: ' ' },
      { delimiter: '-' },
      { decimal: ',' as const },
      { repeated: true },
      { encoding: 'utf-16le' as const },
      { encoding: 'shift_jis' as const },
      { footerRows: 1 },
      { lastDataRow: 9 },
      { signs: ['€' as const] },
      { comment: '-' }
    ]) {
      expect(suitsLane({ ...dialect, ...over })).toBe(false)
    }
  })
  it('gives the double that Number gives, to the last bit', () => {
    const digits = (least: number, most: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most }).map((all) => all.join(''))
    const written = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.double({ min: -1, max: 1, noNaN: true }).map((value) => value.toFixed(17)),
      fc.tuple(digits(0, 12), digits(1, 22)).map(([whole, places]) => `${whole}.${places}`),
      fc.tuple(digits(1, 19), fc.integer({ min: -30, max: 30 })).map(([whole, power]) => `-${whole}.e${power}`),
      // halfway between two doubles, and a little beside it
      fc
        .tuple(fc.integer({ min: 2 ** 52, max: 2 ** 53 - 1 }), fc.constantFrom('5', '500000001', '499999999'))
        .map(([integer, places]) => `${integer - 2 ** 52 + 2 ** 52}.${places}`)
    )
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 50 }), (texts) => {
        const { cells } = read(`${texts.join('\n')}\n`, planOf(1))
        expect(cells).toHaveLength(texts.length)
        texts.forEach((text, i) => expect([text, cells[i]![0]]).toEqual([text, Number(text)]))
      }),
      { numRuns: 1000 }
    )
  })
})

describe('plain numbers in many fields', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 17 }).map((all) => all.join(''))
  const field = fc
    .tuple(fc.constantFrom('', '-'), digits, fc.constantFrom('', '.'), digits)
    .map((parts) => parts.join(''))
    .filter((text) => /\d/.test(text) && !/^-?0\d+$/.test(text) && (text.includes('.') || text.length < 16))
  it('are the doubles that Number gives, with their decimals, whichever are wanted and however long the row', () => {
    fc.assert(
      fc.property(
        fc.array(field, { minLength: 1, maxLength: 60 }),
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const),
        fc.constantFrom(1, 3, 40),
        (row, chosen, newline, repeats) => {
          const fields = Array.from({ length: repeats }, () => row).flat()
          const wanted = fields.flatMap((_, i) => (chosen[i % chosen.length] || i === fields.length - 1 ? [i] : []))
          const { cells, decimals, end } = read(
            `${fields.join(',')}${newline}`.repeat(20),
            planOf(fields.length, { newline }, wanted)
          )
          const numbers = wanted.map((i) => Number(fields[i]))
          expect(cells).toEqual(Array.from({ length: 20 }, () => numbers))
          expect(decimals).toEqual(wanted.map((i) => /\.(\d*)/.exec(fields[i]!)?.[1]!.length ?? 0))
          expect(end).toBe(20 * (fields.join(',').length + newline.length))
        }
      ),
      { numRuns: 300 }
    )
  })
})

describe('divideByPowerOfTen', () => {
  it('rounds as Number does wherever it does not decline, and hardly ever declines', () => {
    let declined = 0
    fc.assert(
      fc.property(
        fc.nat(999_999_999_999_999),
        fc.nat(9999),
        fc.integer({ min: 1, max: 22 }),
        (head, tail, decimals) => {
          const value = divideByPowerOfTen(head, tail, 4, decimals)
          if (Number.isNaN(value)) declined++
          else expect(value).toBe(Number(`${head}${String(tail).padStart(4, '0')}e-${decimals}`))
        }
      ),
      { numRuns: 5000 }
    )
    expect(declined).toBeLessThan(50)
  })
})

interface Found {
  columns: unknown
  problems: unknown
  cells: (number | string | null)[][]
  lines: number[]
  sums: unknown
}

const CHUNK = 4

/** The table as text alone reads it, or with the lane, in blocks of about so many bytes. */
const build = (
  bytes: Uint8Array,
  own: Dialect,
  choices: ColumnChoice[],
  ragged: 'pad' | 'leaveOut',
  block: number | null
): Found => {
  const cells: (number | string | null)[][] = choices.map(() => [])
  const lines: number[] = []
  const builder = new TableBuilder(
    't.csv',
    own,
    choices,
    ragged,
    {
      chunk: (i, _chunk, chunk) => cells[i]!.push(...(chunk.kind === 'codes' ? chunk.codes : chunk.values)),
      lines: (_chunk, more) => lines.push(...more)
    },
    CHUNK
  )
  if (block === null) builder.push(bytes)
  else {
    const feed = new LaneFeed(builder, own)
    const newline = own.newline === '\r' ? 13 : 10
    for (let at = 0; at < bytes.length;) {
      const found = bytes.indexOf(newline, at + block)
      const end = found === -1 ? bytes.length : found + 1
      feed.take(bytes.subarray(at, end))
      at = end
    }
  }
  const { columns, problems, ...sums } = builder.finish()
  return { columns, problems, cells, lines, sums }
}

describe('the lane beside the text', () => {
  const number = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -999, max: 999 }).map(String) },
    { weight: 6, arbitrary: fc.integer({ min: -99999, max: 99999 }).map((n) => String(n / 100)) },
    { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom('', 'NA', ' 5', '007', '1e400', '9007199254740993', '-', '.', 'inf', '+3') }
  )
  const surprise = fc.constantFrom('x', '"1"', '"a\nb"', '"', '1"', 'é', '\0', '# 1', '1\r', '"1,5"', '   ', '"1""2"')
  const word = fc.constantFrom(
    'Rome',
    'Köln',
    'a b',
    '2024-01-05',
    '5.6.2021',
    'yes',
    'true',
    '漢字',
    'a"b',
    "it's",
    '\ufffd'
  )
  const cell = (surprises: number, words: number) =>
    fc.oneof(
      { weight: 40, arbitrary: number },
      { weight: surprises, arbitrary: surprise },
      { weight: words, arbitrary: word }
    )
  const row = (surprises: number) => fc.tuple(cell(surprises, 0), cell(surprises, 40), cell(surprises, 1))
  const odd = fc.constantFrom(['1'], ['1', '2', '3', '4'], [''], ['  '], ['1', '2'])
  const rows = fc.integer({ min: 0, max: 3 }).chain((surprises) =>
    fc.array(fc.oneof({ weight: 30, arbitrary: row(surprises) }, { weight: surprises, arbitrary: odd }), {
      minLength: 1,
      maxLength: 40
    })
  )
  it('finds the same columns, values, problems, statistics and lines, wherever the blocks end', () => {
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const, 'mixed' as const),
        fc.constantFrom([',', '.'] as const, [';', ','] as const, ['\t', '.'] as const),
        fc.constantFrom('pad' as const, 'leaveOut' as const),
        fc.constantFrom('', '#'),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom([0, 1, 2], [2, 0], [1], [2, 1]),
        fc.constantFrom('number' as const, 'text' as const, 'category' as const, 'date' as const, 'boolean' as const),
        fc.boolean(),
        (middle, newline, [delimiter, decimal], ragged, comment, block, wanted, second, ended) => {
          // a hundred rows settle the layout, before which there is no lane
          const settled = Array.from({ length: 101 }, (_, i) => ['1', '2.5', String(i)])
          const ends = newline === 'mixed' ? ['\n', '\r\n', '\r'] : [newline]
          const text = [['a', 'b', 'c'], ...settled, ...middle, ['7', '8', '9']]
            .map(
              (cells, i) =>
                cells.map((cell) => (decimal === ',' ? cell.replace('.', ',') : cell)).join(delimiter) +
                ends[i % ends.length]!
            )
            .join('')
          const own: Dialect = { ...dialect, newline, delimiter, decimal, comment, guard: ended ? 'lift' : 'keep' }
          const types = ['number' as const, second, 'number' as const]
          const choices = wanted.map((index) => ({ index, name: 'abc'[index]!, type: types[index]! }))
          const bytes = toBytes(ended ? text : text.slice(0, -1))
          const slow = build(bytes, own, choices, ragged, null)
          expect(build(bytes, own, choices, ragged, block)).toEqual(slow)
        }
      ),
      {
        numRuns: Number(process.env['LANE_RUNS'] ?? 1500),
        // a lane that took no row must not change what is expected of the next one
        examples: [
          [
            [
              ['1', '2', '3', '4'],
              ['', '"', '0'],
              ['"a\nb"', '0', '0'],
              ['0', '0', '0']
            ],
            '\n',
            [',', '.'],
            'pad',
            '',
            1,
            [0, 1, 2],
            'number',
            false
          ]
        ]
      }
    )
  })
})
