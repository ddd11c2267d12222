import { describe, expect, it } from 'vitest'
import { nameStep, stepSchema, type Step } from '../../../core/contract/preparation.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { applySteps } from '../../../core/preparation/apply-steps.ts'
import { attachedKey } from '../../../core/preparation/attach-columns.ts'
import type { RowValues, WorkingTable } from '../../../core/preparation/working-table.ts'
import { tableOf, valuesOf } from './table.ts'

const people = (): WorkingTable => tableOf({ age: [30, 41, 18, 44, 18], PC1: [1, 2, 3, 4, 5] })
const scores = {
  kind: 'attach',
  what: 'scores',
  analysisId: 'a',
  analysisName: 'PCA, unscaled',
  nComponents: 2,
  column: 'PC'
}
const clusters = { ...scores, what: 'clusters', computedAt: 'noon', nComponents: 1, column: 'Cluster' }
const younger = { kind: 'filter', conditions: [{ test: 'compare', column: 'age', operator: '<', value: 40 }] }

function prepare(steps: unknown[], attached: Record<string, RowValues[]> = {}) {
  const parsed = steps.map((step) => stepSchema.parse(step))
  const { table, reports, failure } = applySteps({ ...people(), attached }, parsed, unwatched)
  return { values: valuesOf(table), table, reports, failure }
}
const keyOf = (step: unknown): string => attachedKey(stepSchema.parse(step) as Extract<Step, { kind: 'attach' }>)

describe('columns of a result', () => {
  const parts = [
    { rows: [0, 1, 3], values: [0.5, -1, 0.25, 2, 0.125, 3], width: 2 },
    { rows: [4], values: [9, 10], width: 2 }
  ]

  it('are scores under names that are free; a row without a part is missing', () => {
    const { values, reports } = prepare([scores], { [keyOf(scores)]: parts })
    expect(values['PC1 2']).toEqual([0.5, 0.25, null, 0.125, 9])
    expect(values['PC2']).toEqual([-1, 2, null, 3, 10])
    expect(reports[0]!.text).toBe('Scores of PCA, unscaled as PC1 2 to PC2; 1 row had no part in it')
    expect(reports[0]).toMatchObject({ columnsBefore: 2, columnsAfter: 4 })
  })

  it('stay with their rows whatever steps come before', () => {
    const { values } = prepare([younger, scores], { [keyOf(scores)]: parts })
    expect(values['age']).toEqual([30, 18, 18])
    expect(values['PC2']).toEqual([-1, null, 10])
  })

  it('are rotated factors under names of their own', () => {
    const factors = { ...scores, what: 'factors', computedAt: 'noon', column: 'RC' }
    const { values, reports } = prepare([factors], { [keyOf(factors)]: parts })
    expect(values['RC2']).toEqual([-1, 2, null, 3, 10])
    expect(reports[0]!.text).toBe('Rotated factors of PCA, unscaled as RC1 to RC2; 1 row had no part in it')
  })

  it('are columns whose gaps a fit filled, those cells marked, also after rows are gone', () => {
    const filled = { ...scores, what: 'filled', nComponents: 1, column: 'filled', columns: ['age', 'height'] }
    const whole = [
      {
        rows: [0, 1, 2, 3, 4],
        values: [30, 1.6, 41, 1.7, 18, 1.55, 44, 1.8, 18, 1.5],
        width: 2,
        filled: Uint8Array.of(0, 0, 0, 1, 0, 1, 0, 0, 0, 0)
      }
    ]
    const { values, table, reports } = prepare([younger, filled], { [keyOf(filled)]: whole })
    expect(values['height filled']).toEqual([1.6, 1.55, 1.5])
    expect(Array.from(table.columns.at(-1)!.imputed!)).toEqual([0, 1, 0])
    expect(reports.at(-1)!.text).toBe('Filled columns of PCA, unscaled as age filled to height filled')
  })

  it('are clusters as a category, counted from 1', () => {
    const whole = [{ rows: [0, 1, 2, 3, 4], values: [2, 0, 0, 1, 2], width: 1 }]
    const { values, table, reports } = prepare([clusters], { [keyOf(clusters)]: whole })
    expect(values['Cluster']).toEqual(['3', '1', '1', '2', '3'])
    expect(table.columns.at(-1)).toMatchObject({
      type: 'category',
      origin: null,
      missing: 0,
      data: { dictionary: ['1', '2', '3'] }
    })
    expect(reports[0]!.text).toBe('Clusters of PCA, unscaled as Cluster')
  })

  it('fail in words where the result is gone, or its clusters were computed again', () => {
    const { failure } = prepare([clusters], { [keyOf({ ...clusters, computedAt: 'morning' })]: [] })
    expect(failure).toMatchObject({ step: 0, error: { code: 'RESULT_GONE' } })
    expect(failure!.error.message).toBe('The clusters of PCA, unscaled are gone, or were computed again since.')
  })

  it('leave the table they are added to as it was', () => {
    const table = { ...people(), attached: { [keyOf(scores)]: parts } }
    const before = valuesOf(table)
    applySteps(table, [stepSchema.parse(scores)], unwatched)
    expect(valuesOf(table)).toEqual(before)
  })
})

describe('chosen rows', () => {
  const mark = { kind: 'mark', column: 'Selection', runs: [1, 2, 4, 1], chosen: 'selected', rest: 'rest' }

  it('become a category beside the others, whatever steps come before', () => {
    expect(prepare([mark]).values['Selection']).toEqual(['rest', 'selected', 'selected', 'rest', 'selected'])
    const { values, reports } = prepare([younger, mark])
    expect(values['Selection']).toEqual(['rest', 'selected', 'selected'])
    expect(reports[1]!.text).toBe('Marked 2 rows as selected in Selection')
  })

  it('leave the others without a value where there is no word for them', () => {
    expect(prepare([{ ...mark, rest: '' }]).values['Selection']).toEqual([
      null,
      'selected',
      'selected',
      null,
      'selected'
    ])
  })

  it('take a free name, and one word for both is one value', () => {
    const { values, table } = prepare([{ ...mark, column: 'age', rest: 'selected' }])
    expect(values['age 2']).toEqual(Array(5).fill('selected'))
    expect(table.columns.at(-1)).toMatchObject({ data: { dictionary: ['selected'] } })
  })
})

it('their steps say what they come from', () => {
  expect(nameStep(stepSchema.parse(scores))).toBe('Scores of PCA, unscaled')
  expect(nameStep(stepSchema.parse(clusters))).toBe('Clusters of PCA, unscaled')
  expect(nameStep(stepSchema.parse({ kind: 'mark', column: 'Odd', runs: [3, 1], chosen: 'x', rest: '' }))).toBe(
    'Odd: 1 chosen row'
  )
})
