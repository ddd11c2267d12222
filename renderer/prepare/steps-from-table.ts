import type { ColumnFilter } from '../../core/contract/looking.ts'

type Params = Record<string, unknown>

export type ColumnPlace = 'first' | 'left' | 'right'

/** The column that one has to be moved before to stand a place further left or right, or first; null: it becomes the last.
 * undefined where it stands there already.
 * @param names of all columns, in order */
export function columnAfter(names: readonly string[], column: string, to: ColumnPlace): string | null | undefined {
  const at = names.indexOf(column)
  if (at < 0) return undefined
  if (to === 'right') return at === names.length - 1 ? undefined : (names[at + 2] ?? null)
  return at === 0 ? undefined : names[to === 'first' ? 0 : at - 1]
}

/** The rows a table shows, as steps: what was filtered by hand becomes conditions that can be repeated. One step for all filters
 * that hold together, and one more for each that has two ways to be fulfilled.
 * @param only rows chosen one by one, ascending; null where all are */
export function stepsFromFilters(filters: readonly ColumnFilter[], only: ArrayLike<number> | null): Params[] {
  const together: Params[] = []
  const apart: Params[][] = []
  for (const filter of filters) {
    const alternatives = conditionsOf(filter)
    if (alternatives.any) apart.push(alternatives.conditions)
    else together.push(...alternatives.conditions)
  }
  return [
    ...(only ? [keepRows(only)] : []),
    ...(together.length > 0 ? [{ kind: 'filter', match: 'all', conditions: together }] : []),
    ...apart.map((conditions) => ({ kind: 'filter', match: 'any', conditions }))
  ]
}

/** A step that keeps chosen rows (0-based, ascending), or leaves them out. */
export function keepRows(rows: ArrayLike<number>, leaveOut = false): Params {
  return { kind: 'filter', match: 'all', conditions: [{ test: 'rows', runs: runsOf(rows), negated: leaveOut }] }
}

/** A step that adds a column which says of each row whether it was chosen. */
export function markRows(rows: ArrayLike<number>): Params {
  return { kind: 'mark', column: 'Selection', runs: runsOf(rows), chosen: 'selected', rest: 'rest' }
}

/** Rows (ascending) as runs: first row and number of rows of each. */
function runsOf(rows: ArrayLike<number>): number[] {
  const runs: number[] = []
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    const last = runs.length - 1
    if (last > 0 && runs[last - 1]! + runs[last]! === row) runs[last]!++
    else runs.push(row, 1)
  }
  return runs
}

function conditionsOf(filter: ColumnFilter): { any: boolean; conditions: Params[] } {
  const { column } = filter
  switch (filter.kind) {
    case 'missing':
      return { any: false, conditions: [{ test: 'missing', column, negated: filter.present }] }
    case 'text': {
      const place = { contains: 'anywhere', begins: 'begin', equals: 'whole' }[filter.test]
      return { any: false, conditions: [{ test: 'contains', column, text: filter.text, place, negated: false }] }
    }
    case 'range': {
      const bounds = [
        { operator: '>=', value: filter.from },
        { operator: '<=', value: filter.to }
      ].filter(({ value }) => value !== null)
      return { any: false, conditions: bounds.map((bound) => ({ test: 'compare', column, ...bound })) }
    }
    case 'values': {
      const conditions = [
        ...(filter.values.length > 0 ? [{ test: 'oneOf', column, values: filter.values, negated: false }] : []),
        ...(filter.missing ? [{ test: 'missing', column, negated: false }] : [])
      ]
      return { any: conditions.length > 1, conditions }
    }
  }
}
