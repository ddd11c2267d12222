import { describe, expect, it } from 'vitest'
import type { DatasetShape } from '../../../core/contract/analysis.ts'
import { nameStep, stepSchema, type StepKind } from '../../../core/contract/preparation.ts'
import { stepSpecs } from '../../../core/preparation/spec.ts'
import { canRun, checkField, isWaiting } from '../../../renderer/analyses/form.ts'
import {
  beginCondition,
  choiceOf,
  choicesFor,
  chooseTest,
  readValues,
  writeValues,
  type ConditionDraft
} from '../../../renderer/prepare/condition-draft.ts'

const dataset: DatasetShape = {
  name: 'people',
  nRows: 10,
  ratings: null,
  columns: [
    { name: 'age', type: 'number', missing: 1, min: 3, max: 80 },
    { name: 'height', type: 'number', missing: 0 },
    { name: 'city', type: 'category', missing: 0, distinct: 2 }
  ]
}

describe('the forms of steps', () => {
  const complete: StepKind[] = ['filter', 'choose', 'transform', 'encode', 'impute', 'distinct', 'move']
  it.each(complete)('%s begins with a step that can be done', (kind) => {
    const params = stepSpecs[kind].defaults(dataset)
    expect(stepSchema.safeParse(params).error).toBeUndefined()
    expect(canRun(stepSpecs[kind], params, dataset)).toBe(true)
  })

  it.each(['type', 'rename'] as const)('%s asks for what cannot be guessed', (kind) => {
    expect(canRun(stepSpecs[kind], stepSpecs[kind].defaults(dataset), dataset)).toBe(false)
  })

  it('bounds the components of iterative PCA by the columns chosen, and may be left empty', () => {
    const params = { ...stepSpecs.impute.defaults(dataset), method: 'pca' }
    expect(canRun(stepSpecs.impute, params, dataset)).toBe(true)
    expect(canRun(stepSpecs.impute, { ...params, nComponents: 1 }, dataset)).toBe(true)
    expect(canRun(stepSpecs.impute, { ...params, nComponents: 2 }, dataset)).toBe(false)
  })

  it('fills words by their most frequent value, and changes the columns with the method', () => {
    const { impute } = stepSpecs
    const columns = dataset.columns.map((column) => ({ ...column, missing: column.name === 'city' ? 2 : 0 }))
    const gaps = { ...dataset, columns }
    expect(impute.defaults(gaps)).toMatchObject({ method: 'mode', columns: ['city'] })
    const median = impute.defaults(dataset)
    expect(median).toMatchObject({ method: 'median', columns: ['age', 'height'] })
    const settle = (method: string, before: Record<string, unknown>) =>
      impute.settle!({ ...before, method }, before, gaps)
    expect(settle('mode', median)).toMatchObject({ method: 'mode', columns: ['city'] })
    expect(settle('mean', { ...median, columns: ['age'] })).toMatchObject({ method: 'mean', columns: ['age'] })
    expect(settle('pca', impute.defaults(gaps))).toMatchObject({ method: 'pca', columns: ['age', 'height'] })
    expect(canRun(impute, settle('mode', median), gaps)).toBe(true)
  })

  it('names a step by what it was asked to do', () => {
    const named = (step: unknown) => nameStep(stepSchema.parse(step))
    expect(named({ kind: 'filter', conditions: [{ test: 'compare', column: 'age', operator: '>=', value: 18 }] })).toBe(
      'Rows where age ≥ 18'
    )
    expect(named({ kind: 'transform', columns: ['age', 'height'], function: 'log' })).toBe('Log of age and height')
    expect(named({ kind: 'impute', columns: ['age'], method: 'pca' })).toBe('Fill age by iterative PCA')
    expect(named({ kind: 'impute', columns: ['city'], method: 'mode' })).toBe('Fill city by most frequent value')
  })
})

describe('a step that is not complete', () => {
  const fieldOf = (kind: StepKind, key: string) => stepSpecs[kind].fields.find((field) => field.key === key)!

  it('waits for what nobody has said yet, and says what it waits for', () => {
    const params = stepSpecs.type.defaults(dataset)
    expect(isWaiting(fieldOf('type', 'columns'), params)).toBe(true)
    expect(checkField(stepSpecs.type, fieldOf('type', 'columns'), params, dataset)).toBe('Choose at least one column.')
    expect(isWaiting(fieldOf('rename', 'name'), { kind: 'rename', column: 'age', name: '' })).toBe(true)
    expect(isWaiting(fieldOf('filter', 'conditions'), stepSpecs.filter.defaults(dataset))).toBe(false)
  })

  it('waits for the value of a condition, but a word where a number belongs is wrong', () => {
    const conditions = fieldOf('filter', 'conditions')
    const asked = (condition: object) => ({ kind: 'filter', match: 'all', conditions: [condition] })
    expect(isWaiting(conditions, asked({ test: 'oneOf', column: 'city', values: [], negated: false }))).toBe(true)
    const wrong = asked({ test: 'compare', column: 'age', operator: '>=', value: 'x' })
    expect(isWaiting(conditions, wrong)).toBe(false)
  })
})

describe('conditions while they are written', () => {
  it('offer comparisons for numbers and words for the rest, and know which one they are', () => {
    for (const column of dataset.columns) {
      for (const { value } of choicesFor(column.type)) {
        const draft = chooseTest(beginCondition(column), value, column)
        expect(choiceOf(draft)).toBe(value)
      }
    }
    expect(choicesFor('text').map(({ value }) => value)).not.toContain('<')
  })

  it('keep what was typed where the next test takes it', () => {
    const typed: ConditionDraft = { test: 'compare', column: 'age', operator: '<', value: 7 }
    expect(chooseTest(typed, '>=', dataset.columns[0])).toEqual({ ...typed, operator: '>=' })
    expect(chooseTest(typed, 'between', dataset.columns[0])).toEqual({
      test: 'between',
      column: 'age',
      from: 3,
      to: 80
    })
  })

  it('read a list of values as it was written', () => {
    const values = ['a', 'b, c', 'say "x"', ' d']
    expect(readValues(writeValues(values))).toEqual(values)
    expect(readValues(' a , ,b')).toEqual(['a', 'b'])
  })
})
