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
