import { compare } from './score.ts'

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
