/** How one column, or one level of a category, goes with a component. */
export interface AxisRelation {
  name: string
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
}

const SIGNIFICANT = 0.05
/** A correlation below this is no explanation, however sure. */
const WORTH_SAYING = 0.3

/** What drives a component: the few columns and levels that go with it most, beyond chance.
 * @param most of each kind and side */
export function describeAxis(columns: readonly AxisRelation[], levels: readonly AxisRelation[], most = 3): AxisWords {
  const strongest = (relations: readonly AxisRelation[], sign: 1 | -1, least: number): string[] =>
    relations
      .filter(({ strength, p }) => p < SIGNIFICANT && sign * strength >= least)
      .sort((a, b) => sign * (b.strength - a.strength))
      .slice(0, most)
      .map(({ name }) => name)
  return {
    high: strongest(columns, 1, WORTH_SAYING),
    low: strongest(columns, -1, WORTH_SAYING),
    above: strongest(levels, 1, 0),
    below: strongest(levels, -1, 0)
  }
}

/** "a", "a and b", "a, b and c" */
function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`
}

const verb = (names: readonly string[], one: string, many: string): string => (names.length === 1 ? one : many)

/** The same as a sentence or two. */
export function axisSentence(component: string, { high, low, above, below }: AxisWords): string {
  const parts: string[] = []
  const is = (names: string[], what: string): string => `${listed(names)} ${verb(names, 'is', 'are')} ${what}`
  if (high.length > 0 && low.length > 0)
    parts.push(`${component} is high where ${is(high, 'high')} and ${is(low, 'low')}.`)
  else if (high.length > 0) parts.push(`${component} is high where ${is(high, 'high')}.`)
  else if (low.length > 0) parts.push(`${component} is high where ${is(low, 'low')}.`)
  const lies = (names: string[], side: string): string =>
    `${listed(names)} ${verb(names, 'lies', 'lie')} ${side} the mean`
  const levels = [above.length > 0 ? lies(above, 'above') : '', below.length > 0 ? lies(below, 'below') : '']
  if (levels.some((text) => text !== '')) parts.push(`${levels.filter((text) => text !== '').join(', ')}.`)
  return parts.join(' ') || `No column goes with ${component} beyond chance.`
}
