import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { importTable, preview } from '../unit/table/build.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const shared = path.resolve(root, '..', 'shared', 'data')
const read = (...names: string[]): Uint8Array => readFileSync(path.join(shared, ...names))
const present = existsSync(shared)
if (!present) console.log('skipped: the tables in ../shared/data are not here')

const shapeOf = ({ nRows, columns }: ReturnType<typeof preview>): string => `${nRows} × ${columns.length}`
const typesOf = ({ columns }: ReturnType<typeof preview>) => columns.map(({ type }) => type)

describe('the samples', () => {
  const sample = (name: string): Uint8Array => readFileSync(path.join(root, 'resources', 'samples', name))
  it('iris is Fisher’s table', () => {
    const { cells, columns } = importTable(sample('iris.csv'))
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['sepal length', 'number'],
      ['sepal width', 'number'],
      ['petal length', 'number'],
      ['petal width', 'number'],
      ['species', 'category']
    ])
    // rows 35 and 38 of Fisher (1936), table I: the two that are wrong in a copy in circulation
    expect(cells.map((column) => column[34])).toEqual([4.9, 3.1, 1.5, 0.2, 'setosa'])
    expect(cells.map((column) => column[37])).toEqual([4.9, 3.6, 1.4, 0.1, 'setosa'])
    expect(columns[4]!.topValues!.map(({ count }) => count)).toEqual([50, 50, 50])
    // means of the four measurements: Fisher’s data as in R, colMeans(iris[1:4])
    expect(columns.slice(0, 4).map(({ mean }) => mean!.toFixed(6))).toEqual([
      '5.843333',
      '3.057333',
      '3.758000',
      '1.199333'
    ])
  })
  it('the films are a feedback matrix', () => {
    const bytes = sample('four-users-five-movies.csv')
    expect(preview(bytes).ratings).toEqual({ form: 'wide', user: 'user' })
    expect(importTable(bytes).cells).toEqual([
      ['User 1', 'User 2', 'User 3', 'User 4'],
      [1, null, 1, null],
      [null, 1, 1, null],
      [1, null, 1, null],
      [1, null, null, 1],
      [null, 1, null, 1]
    ])
  })
})

describe.skipIf(!present)('tables as they are found', () => {
  it('iris of scikit-learn: a first line that is neither a header nor data', () => {
    const table = preview(read('pca', 'iris.csv'))
    expect(shapeOf(table)).toBe('150 × 5')
    expect(typesOf(table)).toEqual(Array(5).fill('number'))
    expect(table.dialect).toMatchObject({ headerRow: null, firstDataRow: 2 })
    expect(table.problems.kept).toMatchObject([{ code: 'LINE_SKIPPED', severity: 'info', line: 1, column: 0 }])
    expect(table.rows[0]!.line).toBe(2)
    expect(table.ratings).toBeNull()
  })
  it('USArrests: names in front', () => {
    const table = preview(read('pca', 'USArrests.csv'))
    expect(shapeOf(table)).toBe('50 × 5')
    expect(typesOf(table)).toEqual(['text', 'number', 'number', 'number', 'number'])
    expect(table.ratings).toBeNull()
  })
  it('penguins: types, missing cells, row numbers', () => {
    const table = preview(read('pca', 'penguins.csv'))
    expect(table.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
      ['rownames', 'number', 0],
      ['species', 'category', 0],
      ['island', 'category', 0],
      ['bill_length_mm', 'number', 2],
      ['bill_depth_mm', 'number', 2],
      ['flipper_length_mm', 'number', 2],
      ['body_mass_g', 'number', 2],
      ['sex', 'category', 11],
      ['year', 'number', 0]
    ])
    expect(table.columns.map(({ isRowNumber }) => isRowNumber ?? false)).toEqual([
      true,
      ...Array<boolean>(8).fill(false)
    ])
    // R: mean(bill_length_mm, na.rm = TRUE), sd, range of palmerpenguins
    const bill = table.columns[3]!
    expect([bill.mean!.toFixed(5), bill.sd!.toFixed(6), bill.min, bill.max]).toEqual([
      '43.92193',
      '5.459584',
      32.1,
      59.6
    ])
    expect(bill.histogram).toHaveLength(14)
    expect(table.ratings).toBeNull()
  })
  it('digits: no header', () => {
    const table = preview(read('pca', 'digits.csv'))
    expect(shapeOf(table)).toBe('1797 × 65')
    expect(table.dialect).toMatchObject({ headerRow: null, firstDataRow: 1 })
    expect(new Set(typesOf(table))).toEqual(new Set(['number']))
    expect(table.ratings).toBeNull()
  })
  it.each([
    ['NCI60.csv', '64 × 6832'],
    ['diamonds.csv', '53940 × 11'],
    ['decathlon.csv', '41 × 14'],
    ['decathlon2.csv', '27 × 14'],
    ['heptathlon.csv', '25 × 9'],
    ['HolzingerSwineford1939.csv', '301 × 15']
  ])('%s is %s, without a problem, and no ratings', (name, shape) => {
    const table = preview(read('pca', name))
    expect(shapeOf(table)).toBe(shape)
    expect(table.problems.total).toBe(0)
    expect(table.ratings).toBeNull()
  })
  it('MovieLens 100k: ratings without a header', () => {
    const table = preview(read('ml-100k', 'u1.base'))
    expect(shapeOf(table)).toBe('80000 × 4')
    expect(table.dialect).toMatchObject({ delimiter: '\t', headerRow: null })
    expect(table.ratings).toEqual({
      form: 'long',
      user: 'column 1',
      item: 'column 2',
      rating: 'column 3',
      timestamp: 'column 4'
    })
    expect(table.columns[2]!.histogram).toHaveLength(5)
  })
  it('MovieLens items: pipes, Latin-1, dates, a column that is all empty', () => {
    const table = preview(read('ml-100k', 'u.item'))
    expect(shapeOf(table)).toBe('1682 × 24')
    expect(table.dialect).toMatchObject({ delimiter: '|', encoding: 'windows-1252', headerRow: null })
    expect(table.columns.slice(0, 4).map(({ type, missing }) => [type, missing])).toEqual([
      ['number', 0],
      ['text', 0],
      ['date', 1],
      ['text', 1682]
    ])
    expect(table.problems.total).toBe(0)
  })
  it('MovieLens users: ZIP codes are no numbers', () => {
    expect(typesOf(preview(read('ml-100k', 'u.user')))).toEqual(['number', 'number', 'category', 'category', 'text'])
  })
  it('MovieLens small: quoted titles, padded identifiers, ratings by name', () => {
    const movies = preview(read('ml-latest-small-2018', 'movies.csv'))
    expect(shapeOf(movies)).toBe('9742 × 3')
    expect(movies.problems.total).toBe(0)
    const links = preview(read('ml-latest-small-2018', 'links.csv'))
    expect(links.columns.map(({ type, missing }) => [type, missing])).toEqual([
      ['number', 0],
      ['text', 0],
      ['number', 8]
    ])
    const ratings = preview(read('ml-latest-small-2018', 'ratings.csv'))
    expect(shapeOf(ratings)).toBe('100836 × 4')
    expect(ratings.ratings).toEqual({
      form: 'long',
      user: 'userId',
      item: 'movieId',
      rating: 'rating',
      timestamp: 'timestamp'
    })
  })
  it('Last.fm: tabs, a header, plays as weights', () => {
    const table = preview(read('lastfm-hetrec2011', 'user_artists.dat'))
    expect(shapeOf(table)).toBe('92834 × 3')
    expect(table.ratings).toEqual({ form: 'long', user: 'userID', item: 'artistID', rating: 'weight', timestamp: null })
  })
})
