/** Pollock's ten measures of a loaded file, each from 0 to 1: loaded at all; precision, recall and F1 of the cells of the first
 * row, of the records (their cells joined) and of all cells, as multisets. Its names of precision and recall are kept out: the sum
 * is the same. Where the benchmark evens out how values are written, texts are compared here, but for capitals.
 * @param clean as the file is meant; empty where it holds nothing
 * @param loaded null where loading failed
 * @returns the sum, of ten */
export function scoreAsPollock(clean: readonly string[][], loaded: readonly string[][] | null): number {
  if (!loaded) return 0
  if (clean.length === 0) return 10
  const even = (rows: readonly string[][]): string[][] => rows.map((row) => row.map((cell) => cell.toLowerCase()))
  const [wanted, found] = [even(clean), even(loaded)]
  const records = (rows: string[][]): string[] => rows.slice(1).map((row) => row.join(''))
  const parts = [
    ...compare(wanted[0]!, found[0] ?? []),
    ...compare(records(wanted), records(found)),
    ...compare(clean.flat(), loaded.flat())
  ]
  return parts.reduce((sum, part) => sum + part, 1)
}

function compare(wanted: readonly string[], found: readonly string[]): number[] {
  if (wanted.length === 0) return [1, 1, 1]
  const counts = new Map<string, number>()
  for (const text of wanted) counts.set(text, (counts.get(text) ?? 0) + 1)
  let same = 0
  for (const text of found) {
    const left = counts.get(text) ?? 0
    if (left > 0) same++
    counts.set(text, left - 1)
  }
  if (same === 0) return [0, 0, 0]
  const [precision, recall] = [same / found.length, same / wanted.length]
  return [precision, recall, (2 * precision * recall) / (precision + recall)]
}
