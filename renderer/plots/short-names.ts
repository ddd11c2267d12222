import { measureText } from './labels.ts'

/** A name that is no wider than so many px, cut in its middle where it would be: names of one table often begin alike. */
export function shortenName(name: string, most: number, font: string, measure = measureText): string {
  if (measure(name, font) <= most) return name
  const cut = (kept: number): string =>
    `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(name.length - Math.floor(kept / 2))}`
  let kept = name.length - 1
  while (kept > 2 && measure(cut(kept), font) > most) kept--
  return cut(kept)
}

/** Letters kept of what names have in common where they differ in their middle. */
const MOST_IN_COMMON = 8

/** The names of one picture, no wider than so many px each. Different names that the usual cut would make equal keep the part
 * in which they differ: "Tempe…inlet (°C)", "Temp…outlet (°C)". */
export function shortenNames(names: readonly string[], most: number, font: string, measure = measureText): string[] {
  const short = names.map((name) => shortenName(name, most, font, measure))
  const namesOf = new Map<string, Set<string>>()
  for (const [at, text] of short.entries()) namesOf.set(text, (namesOf.get(text) ?? new Set()).add(names[at]!))
  return short.map((text, at) => {
    const alike = namesOf.get(text)!
    return alike.size === 1
      ? text
      : cutBefore(names[at]!, sharedStart([...alike]), most, text, (cut) => measure(cut, font))
  })
}

/** How many letters all begin with. */
function sharedStart(names: readonly string[]): number {
  const [first = '', ...others] = names
  let shared = 0
  while (shared < first.length && others.every((name) => name[shared] === first[shared])) shared++
  return shared
}

/** What differs, from there on, after the first letters; the usual cut where even that is too wide. */
function cutBefore(
  name: string,
  differs: number,
  most: number,
  usual: string,
  measure: (text: string) => number
): string {
  for (let head = Math.min(MOST_IN_COMMON, differs - 1); head >= 1; head--) {
    const cut = `${name.slice(0, head)}…${name.slice(differs)}`
    if (measure(cut) <= most) return cut
  }
  const start = `${name.slice(0, Math.min(3, differs))}…`
  for (let end = name.length - 1; end > differs; end--) {
    const cut = `${start}${name.slice(differs, end)}…`
    if (measure(cut) <= most) return cut
  }
  return usual
}
