/** How one column, or one level of a category, goes with a component. */
export interface AxisRelation {
  name: string
  /** a level: its category, and its own name in it */
  level?: { of: string; name: string }
  /** correlation, or v-test of a level */
  strength: number
  p: number
}

/** A component in words: where which columns are high and low, and which levels lie above and below the mean. */
export interface AxisWords {
  high: string[]
  low: string[]
  above: string[]
  below: string[]
  /** the one category all these levels are of, which their names then lack; null where they are of several */
  category: string | null
}

const SIGNIFICANT = 0.05
/** A correlation below this is no explanation, however sure. */
const WORTH_SAYING = 0.3

/** What drives a component: the few columns and levels that go with it most, beyond chance.
 * @param most of each kind and side */
export function describeAxis(columns: readonly AxisRelation[], levels: readonly AxisRelation[], most = 3): AxisWords {
  const strongest = (relations: readonly AxisRelation[], sign: 1 | -1, least: number): AxisRelation[] =>
    relations
      .filter(({ strength, p }) => p < SIGNIFICANT && sign * strength >= least)
      .sort((a, b) => sign * (b.strength - a.strength))
      .slice(0, most)
  const [above, below] = [strongest(levels, 1, 0), strongest(levels, -1, 0)]
  const categories = new Set([...above, ...below].map(({ level }) => level?.of))
  const category = categories.size === 1 ? ([...categories][0] ?? null) : null
  const nameOf = ({ name, level }: AxisRelation): string => (category !== null && level ? level.name : name)
  return {
    high: strongest(columns, 1, WORTH_SAYING).map(({ name }) => name),
    low: strongest(columns, -1, WORTH_SAYING).map(({ name }) => name),
    above: above.map(nameOf),
    below: below.map(nameOf),
    category
  }
}

/** "a", "a and b", "a, b and c" */
function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`
}

const verb = (names: readonly string[], one: string, many: string): string => (names.length === 1 ? one : many)

/** The same as a sentence or two. */
export function axisSentence(component: string, { high, low, above, below, category }: AxisWords): string {
  const parts: string[] = []
  const is = (names: string[], what: string): string => `${listed(names)} ${verb(names, 'is', 'are')} ${what}`
  if (high.length > 0 && low.length > 0)
    parts.push(`${component} is high where ${is(high, 'high')} and ${is(low, 'low')}.`)
  else if (high.length > 0) parts.push(`${component} is high where ${is(high, 'high')}.`)
  else if (low.length > 0) parts.push(`${component} is high where ${is(low, 'low')}.`)
  const lies = (names: string[], side: string): string =>
    `${listed(names)} ${verb(names, 'lies', 'lie')} ${side} the mean`
  const levels = [above.length > 0 ? lies(above, 'above') : '', below.length > 0 ? lies(below, 'below') : '']
  const said = levels.filter((text) => text !== '').join(', ')
  if (said !== '') parts.push(category === null ? `${said}.` : `By ${category}: ${said}.`)
  return parts.join(' ') || `No column goes with ${component} beyond chance.`
}
