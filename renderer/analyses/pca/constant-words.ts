import { formatCount } from '../../ui/format.ts'

/** Why columns are missing from a drawing of arrows: "dose is constant: not drawn"; '' where none are. */
export function constantWords(names: readonly string[]): string {
  if (names.length === 0) return ''
  if (names.length > 2) return `${formatCount(names.length)} constant columns not drawn`
  return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} constant: not drawn`
}
