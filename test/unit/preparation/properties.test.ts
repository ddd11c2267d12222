import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepsSchema, type Step } from '../../../core/contract/preparation.ts'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { unwatched, type Watch } from '../../../core/linalg/watch.ts'
import { applySteps } from '../../../core/preparation/apply-steps.ts'
import { isInRuns, marksOf, runsOf } from '../../../core/preparation/row-runs.ts'
import { summarizeColumn } from '../../../core/preparation/summarize-column.ts'
import { countMissing, type WorkingTable } from '../../../core/preparation/working-table.ts'
import { tableOf, valuesOf, type Values } from './table.ts'

const cell = fc.oneof({ weight: 5, arbitrary: fc.double({ min: -5, max: 50, noNaN: true }) }, fc.constant(null))
const word = fc.oneof({ weight: 5, arbitrary: fc.constantFrom('a', 'b', '12', 'yes', 'no') }, fc.constant(null))
const columnsOf = (length: number, arbitrary: fc.Arbitrary<number | string | null>): fc.Arbitrary<Values> =>
  fc.array(arbitrary, { minLength: length, maxLength: length })

/** A table of a row number, two columns of numbers, one of categories and one of text. */
const tables = fc.integer({ min: 1, max: 25 }).chain((n) =>
  fc.record({ p: columnsOf(n, cell), q: columnsOf(n, cell), c: columnsOf(n, word), t: columnsOf(n, word) }).map(
    (given) => () =>
      tableOf({
        row: Array.from({ length: n }, (_, i) => i),
        p: { type: 'number', values: given.p },
        q: { type: 'number', values: given.q },
        c: { type: 'category', values: given.c },
        t: { type: 'text', values: given.t }
      })
  )
)

const numeric = fc.subarray(['p', 'q'], { minLength: 1 })
const any = fc.subarray(['p', 'q', 'c', 't'], { minLength: 1 })
const step = fc.oneof(
  fc
    .record({ column: fc.constantFrom('p', 'q'), value: fc.integer({ min: -5, max: 50 }) })
    .map(({ column, value }) => ({
      kind: 'filter',
      conditions: [{ test: 'compare', column, operator: '>=', value }]
    })),
  fc.constantFrom('c', 't').map((column) => ({
    kind: 'filter',
    conditions: [{ test: 'oneOf', column, values: ['a', 'yes'], negated: true }]
  })),
  any.map((columns) => ({ kind: 'choose', columns: ['row', ...columns] })),
  fc
    .record({ columns: any, to: fc.constantFrom('number', 'category', 'text', 'boolean', 'date') })
    .map((rest) => ({ kind: 'type', ...rest })),
  fc
    .record({
      columns: numeric,
      function: fc.constantFrom('log', 'sqrt', 'rank', 'standardize', 'minmax'),
      result: fc.constantFrom('replace', 'add')
    })
    .map((rest) => ({ kind: 'transform', ...rest })),
  fc
    .record({ columns: numeric, method: fc.constantFrom('mean', 'median', 'pca') })
    .map((rest) => ({ kind: 'impute', ...rest })),
  any.map((columns) => ({ kind: 'impute', method: 'mode', columns })),
  fc.constant({ kind: 'encode', columns: ['c'] }),
  any.map((columns) => ({ kind: 'distinct', columns }))
)
const steps = fc.array(step, { maxLength: 5 }).map((given) => stepsSchema.parse(given))

const snapshot = (table: WorkingTable): string => JSON.stringify([[...table.lines], valuesOf(table)])

describe('any steps on any table', () => {
  it('leave it as it was, give the same twice, and keep every cell on its row', () => {
    fc.assert(
      fc.property(tables, steps, (make, chosen) => {
        const table = make()
        const before = snapshot(table)
        const first = applySteps(table, chosen, unwatched)
        expect(snapshot(table)).toBe(before)
        expect(snapshot(applySteps(make(), chosen, unwatched).table)).toBe(snapshot(first.table))
        const rows = valuesOf(first.table)['row'] as number[]
        expect(rows).toEqual([...first.table.lines].map((line) => line - 2))
        expect([...rows].sort((a, b) => a - b)).toEqual(rows)
      }),
      { numRuns: 300 }
    )
  })

  it('say what they did: the counts are those of the tables before and after', () => {
    fc.assert(
      fc.property(tables, steps, (make, chosen) => {
        const { table, reports, stages, failure } = applySteps(make(), chosen, unwatched)
        expect(reports.length).toBe(failure?.step ?? chosen.length)
        reports.forEach((report, at) => {
          expect(report.text).not.toBe('')
          expect([report.rowsBefore, report.columnsBefore]).toEqual([stages[at]!.nRows, stages[at]!.columns.length])
          expect([report.rowsAfter, report.columnsAfter]).toEqual([
            stages[at + 1]!.nRows,
            stages[at + 1]!.columns.length
          ])
          if (report.rowsAfter < report.rowsBefore) expect(['filter', 'distinct']).toContain(chosen[at]!.kind)
        })
        for (const column of table.columns) {
          expect(column.missing, column.name).toBe(countMissing(column.data, unwatched))
          const summary = summarizeColumn(column, undefined, unwatched)
          expect(summary.missing).toBe(column.missing)
          if (column.imputed) expect(column.imputed.length).toBe(table.nRows)
        }
        expect(new Set(table.columns.map((column) => column.name)).size).toBe(table.columns.length)
      }),
      { numRuns: 300 }
    )
  })

  it('stop at whichever look at the stop button says so, and leave the table as it was', () => {
    const table = tableOf({ p: [1, null, 3, 9], q: [2, 4, null, 8], c: ['a', 'b', 'a', 'b'] })
    const before = snapshot(table)
    const chosen: Step[] = stepsSchema.parse([
      { kind: 'impute', columns: ['p', 'q'], method: 'pca', nComponents: 1 },
      { kind: 'encode', columns: ['c'] },
      { kind: 'transform', columns: ['p'], function: 'rank' },
      { kind: 'distinct' }
    ])
    let finished = false
    let stops = 0
    for (let left = 0; !finished && left < 10_000; left++) {
      let countdown = left
      const watch: Watch = {
        ...unwatched,
        checkpoint: () => {
          if (countdown-- === 0) throw new EigendeskError('CANCELLED')
        }
      }
      try {
        applySteps(table, chosen, watch)
        finished = true
      } catch (thrown) {
        expect(thrown).toMatchObject({ data: { code: 'CANCELLED' } })
        stops++
      }
      expect(snapshot(table)).toBe(before)
    }
    expect(finished).toBe(true)
    expect(stops).toBeGreaterThan(20)
  })
})

describe('marks of filled-in cells', () => {
  it('are the same as runs and back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { maxLength: 60 }), (bits) => {
        const marks = Uint8Array.from(bits)
        const runs = runsOf(marks)
        expect(marksOf(runs, marks.length)).toEqual(marks)
        expect(bits.map((_, row) => (isInRuns(runs, row) ? 1 : 0))).toEqual(bits)
      })
    )
  })
})
