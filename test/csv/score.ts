import type { Dialect, RaggedPolicy } from '../../core/contract/table.ts'
import { ProblemLog } from '../../core/table/problems.ts'
import { TableRows } from '../../core/table/rows.ts'
import type { CorpusFile } from './generate/pollute.ts'

export interface Loaded {
  header: string[] | null
  rows: string[][]
}

/** The cells of a file as texts, read with a dialect; short rows are filled up, or left out. */
export function loadTexts(bytes: Uint8Array, dialect: Dialect, ragged: RaggedPolicy = 'pad'): Loaded {
  const rows: string[][] = []
  const table = new TableRows('f.csv', dialect, ragged, new ProblemLog(), (cells) => rows.push([...cells]))
  table.push(bytes)
  table.finish()
  return { header: dialect.headerRow === null ? null : [...table.names], rows }
}

/** Share of the things wanted and of those found that are the same, and their harmonic mean. */
export function compare(wanted: readonly string[], found: readonly string[]): number[] {
  if (wanted.length === 0) return [1, 1, 1]
  const counts = new Map<string, number>()
  for (const text of wanted) counts.set(text, (counts.get(text) ?? 0) + 1)
  let same = 0
  for (const text of found) {
    const count = counts.get(text) ?? 0
    if (count === 0) continue
    same++
    counts.set(text, count - 1)
  }
  if (same === 0) return [0, 0, 0]
  const [precision, recall] = [same / found.length, same / wanted.length]
  return [precision, recall, (2 * precision * recall) / (precision + recall)]
}

/** A row in one text; cells that lack at its end and empty ones are the same. */
const joined = (cells: readonly string[]): string => cells.join('\u0001').replace(/\u0001+$/, '')

/** How well a file was loaded, from 0 to 10, as Pollock scores it: one point for being loaded at all, and precision, recall and
 * F1 of the cells of its header, of its records and of its cells. */
export function scoreFile(file: CorpusFile, loaded: Loaded | null): number {
  if (!loaded) return 0
  const clean = (texts: readonly string[]): string[] => texts.map((text) => text.trim())
  // names that were made up or numbered are ours, not the file's
  const names = (file.header ?? []).filter((name) => name !== '')
  const found = (loaded.header ?? [])
    .map((name) => name.replace(/ \d+$/, ''))
    .filter((name) => !/^column( \d+)?$/.test(name))
  const own =
    file.header === null
      ? loaded.header === null
        ? [1, 1, 1]
        : [0, 0, 0]
      : compare(clean(names.map((name) => name.replace(/ \d+$/, ''))), clean(found))
  const records = compare(
    file.rows.map((row) => joined(clean(row))),
    loaded.rows.map((row) => joined(clean(row)))
  )
  const cells = compare(
    file.rows.flatMap(clean).filter((cell) => cell !== ''),
    loaded.rows.flatMap(clean).filter((cell) => cell !== '')
  )
  return [1, ...own, ...records, ...cells].reduce((sum, part) => sum + part, 0)
}
