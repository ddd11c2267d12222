import type { ColumnFilter } from '../../core/contract/looking.ts'
import { formatCell } from '../ui/format.ts'

/** More values than this are counted. */
const VALUES_NAMED = 2

/** A filter as a chip says it: "species is setosa", "mass from 3 to 5", "note contains “apple”". */
export function describeFilter(filter: ColumnFilter): string {
  const { column } = filter
  switch (filter.kind) {
    case 'values': {
      const names = [...filter.values, ...(filter.missing ? ['missing'] : [])]
      if (names.length === 0) return `${column} is none of its values`
      return names.length <= VALUES_NAMED ? `${column} is ${names.join(' or ')}` : `${column} is one of ${names.length}`
    }
    case 'range': {
      const written = (bound: number | string): string =>
        typeof bound === 'number' ? formatCell(bound, undefined) : bound
      if (filter.from === null) return `${column} up to ${filter.to === null ? 'any' : written(filter.to)}`
      return filter.to === null
        ? `${column} from ${written(filter.from)}`
        : `${column} from ${written(filter.from)} to ${written(filter.to)}`
    }
    case 'text':
      return `${column} ${{ contains: 'contains', equals: 'is', begins: 'begins with' }[filter.test]} “${filter.text}”`
    case 'missing':
      return filter.present ? `${column} is not missing` : `${column} is missing`
  }
}

/** A bound as a person writes it in a field: a decimal comma or point, a true minus; null where the field is empty, undefined
 * where it is no number. */
export function readBound(written: string): number | null | undefined {
  const text = written.trim().replace('−', '-')
  if (text === '') return null
  const value = Number(/^[-+]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text)
  return Number.isFinite(value) ? value : undefined
}
