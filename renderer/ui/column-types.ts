import type { ColumnType } from '../../core/contract/table.ts'
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
