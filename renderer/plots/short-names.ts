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
 * in which they differ: "Tempe…inlet (°C)", "Temp…outlet (°C)"; where they differ in several words, the beginnings of those:
 * "…phosphate…surface…", "…phosphate…bottom…". */
export function shortenNames(names: readonly string[], most: number, font: string, measure = measureText): string[] {
  const width = (text: string): number => measure(text, font)
  const short = names.map((name) => shortenName(name, most, font, measure))
  for (const alike of alikeIn(names, short)) {
    const shared = sharedStart([...alike])
    const cuts = new Map([...alike].map((name) => [name, cutBefore(name, shared, most, shortOf(name), width)]))
    const apart = new Set(cuts.values()).size === cuts.size ? cuts : (cutToWords([...alike], most, width) ?? cuts)
    names.forEach((name, at) => (short[at] = apart.get(name) ?? short[at]!))
  }
  return short

  function shortOf(name: string): string {
    return short[names.indexOf(name)]!
  }
}

/** Groups of different names that have become one text. */
function alikeIn(names: readonly string[], short: readonly string[]): Set<string>[] {
  const namesOf = new Map<string, Set<string>>()
  for (const [at, text] of short.entries()) namesOf.set(text, (namesOf.get(text) ?? new Set()).add(names[at]!))
  return [...namesOf.values()].filter((group) => group.size > 1)
}

/** Fewer letters of a word say nothing. */
const LEAST_LETTERS = 2

/** The words that not all names have, each cut to as many letters as keep all names within the width and apart; null where none
 * do. */
function cutToWords(
  names: readonly string[],
  most: number,
  measure: (text: string) => number
): Map<string, string> | null {
  const words = names.map((name) => name.split(/\s+/))
  const common = new Set(words[0]!.filter((word) => words.every((others) => others.includes(word))))
  const own = words.map((all) => all.map((word) => (common.has(word) ? null : word)))
  for (let letters = Math.max(...words.flat().map(({ length }) => length)); letters >= LEAST_LETTERS; letters--) {
    const cuts = own.map((all) =>
      all
        .map((word) => (word === null ? '…' : word.length > letters ? `${word.slice(0, letters)}…` : word))
        .join(' ')
        .replace(/ ?…[… ]*/g, '…')
    )
    if (cuts.every((cut) => measure(cut) <= most) && new Set(cuts).size === names.length) {
      return new Map(names.map((name, at) => [name, cuts[at]!]))
    }
  }
  return null
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
