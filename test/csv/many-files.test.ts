import { describe, expect, it } from 'vitest'
import { EigendeskError } from '../../core/contract/errors.ts'
import { previewSchema, type Problem } from '../../core/contract/table.ts'
import { newDecoder } from '../../core/table/code-pages.ts'
import { build, preview } from '../unit/table/build.ts'
import { makeOddFile } from './generate/mutate.ts'

/** Files made and read; FILES=10000 is the long form. */
const FILES = Number(process.env['FILES'] ?? 500)
const A_TEST = 50

/** Nothing that is reported lacks its place; only what concerns a whole line has no column. */
function expectPlace({ code, line, column, message, treatment }: Problem, nColumns: number, nLines: number): void {
  expect(line).toBeGreaterThanOrEqual(1)
  expect(line).toBeLessThanOrEqual(nLines)
  if (code === 'LINE_SKIPPED') expect(column).toBe(0)
  else expect(column).toBeGreaterThanOrEqual(1)
  if (code === 'TOO_FEW_FIELDS' || code === 'NOT_A_NUMBER') expect(column).toBeLessThanOrEqual(nColumns)
  expect(message.length * treatment.length).toBeGreaterThan(0)
}

/** Read as a person would: looked at, then imported with what was understood. */
function readFile(bytes: Uint8Array, seed: number): 'read' | 'refused' {
  const ragged = seed % 2 === 0 ? 'leaveOut' : 'pad'
  try {
    const read = preview(bytes, {}, undefined, ragged)
    previewSchema.parse(read)
    const nLines = newDecoder(read.dialect.encoding)
      .decode(bytes)
      .split(/\r\n|\n|\r/).length
    for (const problem of read.problems.kept) expectPlace(problem, read.columns.length, nLines)
    const choices = read.columns.map(({ name, type }, index) => ({ index, name, type }))
    const built = build(bytes, read.dialect, choices, ragged, 1 + (seed % 997))
    expect([built.nRows, built.nRowsLeftOut, built.problems.counts]).toEqual([
      read.nRows,
      read.nRowsLeftOut,
      read.problems.counts
    ])
    expect(built.cells.every((column) => column.length === built.nRows)).toBe(true)
    expect(built.lines.every((line, i) => line >= 1 && (i === 0 || line > built.lines[i - 1]!))).toBe(true)
    return 'read'
  } catch (thrown) {
    if (!(thrown instanceof EigendeskError)) throw thrown
    const { code, where } = thrown.data
    expect(['FILE_EMPTY', 'FILE_BINARY', 'NO_ROWS']).toContain(code)
    if (code !== 'FILE_EMPTY') expect([where?.line, where?.column]).toEqual([expect.any(Number), expect.any(Number)])
    return 'refused'
  }
}

describe(`${FILES} odd files: none breaks the reader, everything reported has its place`, () => {
  const starts = Array.from({ length: Math.ceil(FILES / A_TEST) }, (_, i) => i * A_TEST)
  const outcomes = { read: 0, refused: 0 }
  it.each(starts)('from file %i', (start) => {
    for (let seed = start; seed < Math.min(FILES, start + A_TEST); seed++) {
      const bytes = makeOddFile(seed)
      try {
        outcomes[readFile(bytes, seed)]++
      } catch (thrown) {
        throw new Error(`file ${seed}: ${JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 400)))}`, {
          cause: thrown
        })
      }
    }
  })
  it('most of them are read', () => {
    expect(outcomes.read).toBeGreaterThan(0.85 * (outcomes.read + outcomes.refused))
  })
})
