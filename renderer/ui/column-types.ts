import type { ColumnSummary, ColumnType } from '../../core/contract/table.ts'
import type { IconName } from './icons.ts'

/** Each column type as a person sees it, in the order of a choice. */
export const columnTypes: Record<ColumnType, { label: string; icon: IconName }> = {
  number: { label: 'Number', icon: 'hash' },
  category: { label: 'Category', icon: 'tag' },
  text: { label: 'Text', icon: 'type' },
  date: { label: 'Date', icon: 'calendar' },
  boolean: { label: 'Yes or no', icon: 'toggle-left' }
}

export const columnTypeOptions = (Object.keys(columnTypes) as ColumnType[]).map((value) => ({
  value,
  label: columnTypes[value].label
}))

/** The type of a column in a word: numbers of which every one is whole are integers. */
export function typeLabel({ type, integer }: Pick<ColumnSummary, 'type' | 'integer'>): string {
  return type === 'number' && integer === true ? 'Integer' : columnTypes[type].label
}

/** How many columns there are of each type, by the word a person sees: integers are numbers with a word of their own. */
export function countTypes(
  columns: readonly Pick<ColumnSummary, 'type' | 'integer'>[]
): { type: ColumnType; label: string; count: number }[] {
  return (Object.keys(columnTypes) as ColumnType[]).flatMap((type) => {
    const labels = columns.filter((column) => column.type === type).map(typeLabel)
    return [...new Set(labels)]
      .sort()
      .reverse()
      .map((label) => ({ type, label, count: labels.filter((other) => other === label).length }))
  })
}

/** The unit that is written beside a column's name, unless the name says it: "Price ($)". */
export function unitBeside({ name, unit }: Pick<ColumnSummary, 'name' | 'unit'>): string | undefined {
  return unit !== undefined && name.includes(unit) ? undefined : unit
}
