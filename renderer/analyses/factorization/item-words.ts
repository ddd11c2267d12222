/** What is read of the names and the lists in tables of items. */

/** "The Lion King (1994)" is a name with a year at its end. */
const WITH_YEAR = /^(.*\S)\s*\((\d{4})(?:[-–]\d{0,4})?\)\s*$/

/** @returns the name without its year, and the year; null where it has none */
export function splitYear(name: string): { title: string; year: number | null } {
  const match = WITH_YEAR.exec(name)
  return match ? { title: match[1]!, year: Number(match[2]) } : { title: name, year: null }
}

/** "Godfather, The" begins with its article again where a year tells a title. */
const ARTICLE_LAST = /^(.+), (The|A|An|Les|Le|La|L'|Der|Die|Das|El|Los|Las|Il)$/

/** A name as it is said in the middle of a picture: without its year, the article in front. */
export function titleOf(name: string): string {
  const { title, year } = splitYear(name)
  if (year === null) return name
  const [, rest, article] = ARTICLE_LAST.exec(title) ?? []
  return rest === undefined ? title : `${article}${article!.endsWith("'") ? '' : ' '}${rest}`
}

/** "Comedy|Drama" is a list. */
export const LIST_MARK = '|'

/** Words of a cell that may be a list. */
export function wordsOf(cell: string | null): string[] {
  if (cell === null) return []
  return cell
    .split(LIST_MARK)
    .map((word) => word.trim())
    .filter((word) => word !== '' && !isNoWord(word))
}

/** "(no genres listed)" says that there is nothing. */
const isNoWord = (word: string): boolean => /^\(no .*\)$/i.test(word)

/** All words of a column by how many items have them, most first. */
export function countWords(cells: readonly (string | null)[]): { word: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const cell of cells) for (const word of new Set(wordsOf(cell))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return Array.from(counts, ([word, count]) => ({ word, count })).sort(
    (a, b) => b.count - a.count || a.word.localeCompare(b.word)
  )
}
