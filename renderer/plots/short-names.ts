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
