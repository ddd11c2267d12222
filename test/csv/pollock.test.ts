import { describe, expect, it } from 'vitest'
import { EigendeskError } from '../../core/contract/errors.ts'
import type { RaggedPolicy } from '../../core/contract/table.ts'
import { preview } from '../unit/table/build.ts'
import { pollockFiles, type PollockFile } from './generate/pollock.ts'
import { scoreAsPollock } from './pollock-score.ts'
import { loadTexts } from './score.ts'

/** Of the files that are polluted alike in different places every so manieth; FILES=10000 is the long form: all of them. */
const EVERY = Number(process.env['FILES'] ?? 0) >= 10_000 ? 1 : 7

/** Loaded without a word about its dialect. What the app refuses counts as not loaded. */
function load({ bytes }: PollockFile, ragged: RaggedPolicy): string[][] | null {
  try {
    const { header, rows } = loadTexts(bytes, preview(bytes).dialect, ragged)
    if (!header) return rows
    return [header, ...rows.map((row) => header.map((_, i) => row[i] ?? ''))]
  } catch (thrown) {
    if (thrown instanceof EigendeskError) return null
    throw thrown
  }
}

interface Group {
  files: number
  weight: number
  mean: number
}

/** The mean over all files, and weighted; a group has the mean of those of it that were loaded. */
function scoreAll(ragged: RaggedPolicy): { simple: number; weighted: number; groups: Map<string, Group> } {
  const groups = new Map<string, Group>()
  for (const [name, files] of Map.groupBy(pollockFiles(), ({ group }) => group)) {
    const some = files.filter((_, i) => files.length === 1 || i % EVERY === EVERY >> 1)
    const scores = some.map((file) => scoreAsPollock(file.clean, load(file, ragged)))
    const weight = files.reduce((sum, file) => sum + file.weight, 0)
    groups.set(name, { files: files.length, weight, mean: mean(scores) })
  }
  const over = (share: (group: Group) => number): number => {
    const all = [...groups.values()]
    const total = all.reduce((sum, group) => sum + share(group), 0)
    return all.reduce((sum, group) => sum + share(group) * group.mean, 0) / total
  }
  return { simple: over(({ files }) => files), weighted: over(({ weight }) => weight), groups }
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('the benchmark Pollock, no dialect given', () => {
  it('has its 2,289 pollutions and the standard file, each with its weight', () => {
    const files = pollockFiles()
    expect(new Set(files.map(({ name }) => name)).size).toBe(2290)
    // as its README counts them: 12 of files and tables, 1,428 of delimiters, 849 of structural characters
    const count = (pattern: RegExp): number => files.filter(({ name }) => pattern.test(name)).length
    expect(count(/^row_(more|less)_sep/)).toBe(1428)
    expect(count(/^row_(extra_quote|field_delimiter)|^file_(field|record)_delimiter|^file_(quotation|escape)/)).toBe(
      849
    )
  })
  it('a file loaded as it is meant has 10, one that is refused 0, one without its header loses what stands in it', () => {
    const clean = [['a', 'b'], ['1', '2'], ['3', '4']] // prettier-ignore
    expect(scoreAsPollock(clean, clean)).toBe(10)
    expect(scoreAsPollock(clean, null)).toBe(0)
    // header 0 of 3; records 1 of 1 found, 1 of 2 wanted; cells 4 of 4, 4 of 6
    expect(scoreAsPollock(clean, clean.slice(1))).toBeCloseTo(1 + 0 + (1 + 1 / 2 + 2 / 3) + (1 + 4 / 6 + 0.8), 12)
  })
  // of those that guess alone CleverCSV has 9.193 and 9.453, DuckDB 9.075 and 8.439, on the table of the benchmark
  it.each([
    ['pad', 9.96, 9.87],
    ['leaveOut', 9.93, 9.86]
  ] as const)(
    'rows of another length: %s; at least %f of 10, and %f weighted by the survey',
    (ragged, simple, weighted) => {
      const scored = scoreAll(ragged)
      const worst = [...scored.groups].sort((a, b) => a[1].mean - b[1].mean).slice(0, 12)
      console.log(`Pollock, ${ragged}: ${scored.simple.toFixed(3)} simple, ${scored.weighted.toFixed(3)} weighted`)
      console.log(worst.map(([name, group]) => `${group.mean.toFixed(3)} ${name}`).join('\n'))
      expect(scored.simple).toBeGreaterThanOrEqual(simple)
      expect(scored.weighted).toBeGreaterThanOrEqual(weighted)
    }
  )
})
