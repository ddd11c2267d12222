import { formatCount } from '../../ui/format.ts'

/** Why columns are missing from a drawing of arrows, in few words: "constant: dose"; '' where none are. */
export function constantWords(names: readonly string[]): string {
  if (names.length === 0) return ''
  return names.length > 2 ? `${formatCount(names.length)} constant columns left out` : `constant: ${names.join(', ')}`
}
