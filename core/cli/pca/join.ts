import type { Printable } from '../json-stream.ts'

/** Entries of one name that are objects become one object, in the place of the first: parts of the printout that know nothing
 * of each other fill `cos2` with rows and with columns. */
export function joinEntries(entries: readonly [string, Printable][]): [string, Printable][] {
  const joined = new Map<string, Printable>()
  for (const [name, value] of entries) {
    const before = joined.get(name)
    const both = before && 'object' in before && 'object' in value
    joined.set(name, both ? { object: [...before.object, ...value.object] } : value)
  }
  return [...joined]
}
