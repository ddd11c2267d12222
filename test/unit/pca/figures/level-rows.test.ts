import { describe, expect, test } from 'vitest'
import { levelRows, orderLevels } from '../../../../core/analyses/pca/figures/level-rows.ts'

const level = (name: string, rows: number, coordinate: number, v: number) => ({
  level: name,
  rows,
  coordinates: [coordinate],
  estimates: [0],
  vTests: [v],
  pValues: [1],
  cos2: [0.5]
})
const levels = levelRows({
  categories: [
    {
      column: 'size',
      rows: 9,
      r2: [0.2],
      pValues: [1],
      levels: [level('small', 5, 0.5, 1), level('large', 4, -0.7, -3)]
    },
    { column: 'colour', rows: 9, r2: [0.8], pValues: [1], levels: [level('red', 9, 0.1, 2)] }
  ]
})
const names = (rows: typeof levels): string[] => rows.map((row) => row.level)

describe('levels of categories as rows', () => {
  test('each has the share of variance between the levels of its category', () => {
    expect(levels.map(({ column, level, eta2 }) => [column, level, eta2[0]])).toEqual([
      ['size', 'small', 0.2],
      ['size', 'large', 0.2],
      ['colour', 'red', 0.8]
    ])
  })

  test('are sorted by names, rows, or a measure: the strongest first, whatever its sign', () => {
    expect(names(orderLevels(levels, 'level', 'ascending'))).toEqual(['large', 'red', 'small'])
    expect(names(orderLevels(levels, 'rows', 'descending'))).toEqual(['red', 'small', 'large'])
    const by = (measure: 'coordinates' | 'vTests' | 'eta2') => ({ measure, component: 0 })
    expect(names(orderLevels(levels, by('vTests'), 'descending'))).toEqual(['large', 'red', 'small'])
    expect(names(orderLevels(levels, by('coordinates'), 'ascending'))).toEqual(['red', 'small', 'large'])
    expect(names(orderLevels(levels, by('eta2'), 'descending'))).toEqual(['red', 'small', 'large'])
  })
})
