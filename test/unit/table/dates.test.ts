import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOrderOf, parseDate } from '../../../core/table/dates.ts'
import { importTable, preview } from './build.ts'

const lines = (...rows: string[]): string => rows.join('\n') + '\n'
const at = (iso: string): number => Date.parse(iso)

describe('parseDate', () => {
  it.each([
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['2024/2/9', '2024-02-09T00:00:00Z'],
    ['2024-02-29T12:30:00.5Z', '2024-02-29T12:30:00.500Z'],
    ['2024-02-29 12:30', '2024-02-29T12:30:00Z'],
    ['2024-02-29T12:30:00+02:00', '2024-02-29T10:30:00Z'],
    ['2024-02-29 12:30:00 -0530', '2024-02-29T18:00:00Z'],
    ['2024-12-31 24:00', '2025-01-01T00:00:00Z'],
    ['29.2.2024', '2024-02-29T00:00:00Z'],
    ['29.02.2024 08:15', '2024-02-29T08:15:00Z'],
    ['29/2/2024', '2024-02-29T00:00:00Z'],
    ['2/29/2024 1:05 pm', '2024-02-29T13:05:00Z'],
    ['12/31/1999 12:00 AM', '1999-12-31T00:00:00Z'],
    ['31/12/99', '1999-12-31T00:00:00Z'],
    ['31.12.68', '2068-12-31T00:00:00Z'],
    ['4-Feb-1971', '1971-02-04T00:00:00Z'],
    ['4 February 1971', '1971-02-04T00:00:00Z'],
    ['Feb 4, 1971', '1971-02-04T00:00:00Z'],
    ['March 1st, 2001', '2001-03-01T00:00:00Z'],
    ['Thu, 29 Feb 2024 12:00:00 GMT', '2024-02-29T12:00:00Z'],
    ['0099-01-02', '0099-01-02T00:00:00Z'],
    // the same day whichever way it is read
    ['4/4/2024', '2024-04-04T00:00:00Z']
  ])('%s', (text, iso) => {
    expect(parseDate(text)).toBe(at(iso))
  })
  it.each([
    '2023-02-29',
    '2024-13-01',
    '2024-02-30T00:00',
    '2024-02-29 25:00',
    '2024-02-29 12:60',
    '2024-02-29 13:00 pm',
    '31/31/2024',
    '2024-2/3',
    '1.2.24',
    '12-11-10',
    '20240229',
    'soon',
    'May I ask 2024',
    ''
  ])('%j is no date', (text) => {
    expect(parseDate(text)).toBeNaN()
    expect(parseDate(text, 'dmy')).toBeNaN()
  })
  it('does not guess whether day or month comes first', () => {
    expect(parseDate('3/4/2024')).toBeNaN()
    expect(parseDate('3/4/2024', 'dmy')).toBe(at('2024-04-03'))
    expect(parseDate('3/4/2024', 'mdy')).toBe(at('2024-03-04'))
    expect(parseDate('13/4/2024', 'mdy')).toBeNaN()
    expect(parseDate('4/13/2024', 'dmy')).toBeNaN()
  })
  it('reads every day it is told in each form', () => {
    const days = fc.date({ min: new Date('1600-01-01'), max: new Date('2399-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const [iso] = date.toISOString().split('T')
        const [year, month, day] = iso!.split('-')
        const midnight = at(iso!)
        expect(parseDate(iso!)).toBe(midnight)
        expect(parseDate(`${day}.${month}.${year}`)).toBe(midnight)
        expect(parseDate(`${day}/${month}/${year}`, 'dmy')).toBe(midnight)
        expect(parseDate(`${month}/${day}/${year}`, 'mdy')).toBe(midnight)
        expect(parseDate(date.toISOString())).toBe(date.getTime())
        expect(parseDate(date.toUTCString())).toBe(Math.floor(date.getTime() / 1000) * 1000)
      })
    )
  })
})

it('tells what a date says about the order of day and month', () => {
  expect(['2024-01-02', '1.2.2024', '13/2/2024', '2/13/2024', '1/2/2024', 'x'].map(dayOrderOf)).toEqual([
    'clear',
    'clear',
    'dmy',
    'mdy',
    'either',
    null
  ])
})

describe('the order of day and month, column by column', () => {
  const text = lines(
    'born,paid,seen',
    '13/4/2024,4/13/2024,1/2/2024',
    '3/4/2024,3/4/2024,2/3/2024',
    '25/12/2024,12/25/2024,5/6/2024'
  )
  it('columns that contradict each other have an order of their own; one that does not tell stays text', () => {
    const { dialect, columns, evidence } = preview(text)
    expect(dialect).toMatchObject({ dateOrder: null, dateOrders: { 0: 'dmy', 1: 'mdy' } })
    expect(columns.map(({ type, dateOrder }) => [type, dateOrder])).toEqual([
      ['date', 'dmy'],
      ['date', 'mdy'],
      ['text', undefined]
    ])
    expect(evidence['dateOrder']).toEqual({
      text: 'Day first in column 1, month first in column 2',
      certainty: 'unsure'
    })
  })
  it('one that a person gives holds for all', () => {
    const { dialect, columns, problems } = preview(text, { dateOrder: 'dmy' }, { 1: 'date' })
    expect(dialect).toMatchObject({ dateOrder: 'dmy', dateOrders: {} })
    expect(columns.map(({ type }) => type)).toEqual(['date', 'date', 'date'])
    expect(problems.kept.map(({ line, column }) => [line, column])).toEqual([
      [2, 2],
      [4, 2]
    ])
  })
  it('columns that agree speak for the others', () => {
    const { dialect, columns } = preview(lines('a,b', '13/4/2024,1/2/2024', '3/4/2024,2/3/2024'))
    expect(dialect).toMatchObject({ dateOrder: 'dmy', dateOrders: {} })
    expect(columns.map(({ type }) => type)).toEqual(['date', 'date'])
  })
  it('are what an import stores with the columns', () => {
    const built = importTable(text)
    expect(built.columns.map(({ dateOrder }) => dateOrder)).toEqual(['dmy', 'mdy', undefined])
    expect(built.problems.total).toBe(0)
  })
})
