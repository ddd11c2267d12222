import type { DatasetInfo } from '../../core/contract/session.ts'
import { columnTypes, typeLabel, unitBeside } from '../ui/column-types.ts'
import type { TableColumn } from '../ui/table.ts'
import { columnWidth } from './column-width.ts'

/** A column of texts, whose longest is not known, takes as much as this where the others leave room. */
const TEXT_PX = 320

/** Positions in the dataset of the columns that are shown: the frozen ones first, the others as in the file. */
export function shownColumns(dataset: DatasetInfo, hidden: ReadonlySet<string>, frozen: readonly string[]): number[] {
  const positions = new Map(dataset.columns.map((column, position) => [column.name, position]))
  const ahead = frozen.filter((name) => !hidden.has(name))
  const isAhead = new Set(ahead)
  const others = dataset.columns.filter(({ name }) => !hidden.has(name) && !isAhead.has(name))
  return [...ahead, ...others.map(({ name }) => name)].flatMap((name) => positions.get(name) ?? [])
}

/** How those columns are drawn. @param widths px that a person chose, by name */
export function tableColumns(
  dataset: DatasetInfo,
  shown: readonly number[],
  widths: Readonly<Record<string, number>>
): TableColumn[] {
  return shown.map((position) => {
    const column = dataset.columns[position]!
    const unit = unitBeside(column)
    const chosen = Object.hasOwn(widths, column.name) ? widths[column.name] : undefined
    return {
      id: column.name,
      label: column.name,
      align: column.type === 'number' ? 'right' : 'left',
      icon: columnTypes[column.type].icon,
      ...(unit !== undefined && { unit }),
      width: chosen ?? columnWidth(column, true),
      ...(column.type !== 'number' && chosen === undefined && { upTo: TEXT_PX }),
      title: `${column.name}: ${typeLabel(column).toLowerCase()}`
    }
  })
}
