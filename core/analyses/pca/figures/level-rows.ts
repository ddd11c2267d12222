import type { DescriptionSummary } from '../studies/description/spec.ts'

/** A level of a category with its numbers on each component: FactoMineR's quali.sup, one row a level. */
export interface LevelRow {
  column: string
  level: string
  /** how many rows are of it */
  rows: number
  /** mean score of its rows */
  coordinates: readonly number[]
  cos2: readonly number[]
  vTests: readonly number[]
  /** of its category: share of the variance of the scores between the levels */
  eta2: readonly number[]
}

/** The levels of all categories, in the order of the columns and of their levels. */
export function levelRows({ categories }: Pick<DescriptionSummary, 'categories'>): LevelRow[] {
  return categories.flatMap(({ column, r2, levels }) =>
    levels.map(({ level, rows, coordinates, cos2, vTests }) => ({
      column,
      level,
      rows,
      coordinates,
      cos2,
      vTests,
      eta2: r2
    }))
  )
}

export const LEVEL_MEASURES = ['coordinates', 'cos2', 'vTests', 'eta2'] as const
export type LevelMeasure = (typeof LEVEL_MEASURES)[number]

/** By what levels are sorted: a name, their rows, or a measure on a component (0-based). */
export type LevelOrder = 'column' | 'level' | 'rows' | { measure: LevelMeasure; component: number }

/** Sorted; by a measure the strongest first, whatever its sign, where it descends. Equal ones stay in their order. */
export function orderLevels(
  levels: readonly LevelRow[],
  by: LevelOrder,
  direction: 'ascending' | 'descending'
): LevelRow[] {
  const turn = direction === 'ascending' ? 1 : -1
  if (by === 'column' || by === 'level') return [...levels].sort((a, b) => turn * a[by].localeCompare(b[by]))
  const sizeOf = (row: LevelRow): number => (by === 'rows' ? row.rows : Math.abs(row[by.measure][by.component] ?? 0))
  return [...levels].sort((a, b) => turn * (sizeOf(a) - sizeOf(b)))
}
