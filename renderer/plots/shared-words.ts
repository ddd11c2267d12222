/** Names without the words that all of them begin and end with. */
export interface SharedWords {
  /** "Cluster", "Basin … of the shelf"; empty where nothing is shared */
  lead: string
  /** what is left of each name */
  rest: string[]
}

/** Takes apart names that are beside each other: "Cluster 1", "Cluster 2" become "Cluster" and "1", "2". Whole words only, and
 * something is left of each.
 * @param names different from each other */
export function shareWords(names: readonly string[]): SharedWords {
  const words = names.map((name) => name.split(' '))
  const [first = []] = words
  const least = Math.min(...words.map(({ length }) => length))
  if (names.length < 2) return { lead: '', rest: [...names] }
  const count = (most: number, wordAt: (all: readonly string[], at: number) => string | undefined): number => {
    let shared = 0
    while (shared < most && words.every((all) => wordAt(all, shared) === wordAt(first, shared))) shared++
    return shared
  }
  const before = count(least - 1, (all, at) => all[at])
  const after = count(least - 1 - before, (all, at) => all[all.length - 1 - at])
  const parts = [first.slice(0, before).join(' '), after > 0 ? `… ${first.slice(first.length - after).join(' ')}` : '']
  return {
    lead: parts.filter(Boolean).join(' '),
    rest: words.map((all) => all.slice(before, all.length - after).join(' '))
  }
}
