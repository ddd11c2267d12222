import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../../../core/analyses/pca/model.ts'
import type { PcaParams } from '../../../core/analyses/pca/spec.ts'
import { matchColumns, modelJsonSchema, pcaModelSchema, projectionSchema } from '../../../core/contract/model.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { projectOnto } from '../../../core/stats/project.ts'
import { prepare, tableOf as preparedTable, valuesOf } from '../preparation/table.ts'
import { pcaOfTable, paramsFor, tableOf, type Fitted } from './fit-rows.ts'

const origin = {
  software: 'Eigendesk test',
  name: 'PCA',
  provenance: { dataset: 'test', source: { fileName: 'test.csv', bytes: 1, sha256: '0'.repeat(64) }, steps: [] }
}

function modelOfFit(fitted: Fitted, parameters: Partial<PcaParams>) {
  const { result, summary } = fitted
  const stored = { summary, array: (name: string) => result.arrays[name]!, list: () => [] }
  return modelOf(stored, { ...origin, parameters, fill: null })
}

describe('the model of a result', () => {
  it('survives JSON and its schema', () => {
    const table = tableOf([
      [1, 2],
      [2, 1],
      [4, 5]
    ])
    const model = modelOfFit(pcaOfTable(table), paramsFor(table))
    expect(pcaModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model)
    expect(model.schema).toEqual(modelJsonSchema())
  })

  it('has the JSON Schema that stands in docs', () => {
    const path = resolve(import.meta.dirname, '../../../docs/pca-model.schema.json')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(modelJsonSchema())
  })

  it('is refused where lengths do not agree or a column is named twice', () => {
    const table = tableOf([
      [1, 2],
      [2, 1],
      [4, 5]
    ])
    const model = modelOfFit(pcaOfTable(table), paramsFor(table))
    const issueOf = (change: object): unknown =>
      projectionSchema.safeParse({ ...model, ...change }).error?.issues[0]?.path
    expect(issueOf({})).toBeUndefined()
    expect(issueOf({ centre: [1] })).toEqual(['centre'])
    expect(issueOf({ columns: ['a', 'a'] })).toEqual(['columns'])
    expect(issueOf({ components: [[1, 0], [1]] })).toEqual(['components'])
    expect(issueOf({ explainedVariance: [1] })).toEqual(['explainedVariance'])
    expect(issueOf({ scale: [1, 0] })).toEqual(['scale', 1])
  })

  it('matches columns by name, and says what is missing, of another type, or more', () => {
    const table = [
      { name: 'b', type: 'number' },
      { name: 'c', type: 'category' },
      { name: 'id', type: 'text' }
    ]
    expect(matchColumns({ columns: ['a', 'b', 'c'] }, table)).toEqual({
      matched: ['b'],
      missing: ['a'],
      otherType: [{ name: 'c', type: 'category' }],
      extra: ['id']
    })
  })
})

describe('projecting', () => {
  it('the rows of the fit returns their scores to 1e-12, whatever the rows', () => {
    const cell = fc.double({ min: -1000, max: 1000, noNaN: true })
    const rows = fc
      .integer({ min: 1, max: 6 })
      .chain((p) => fc.array(fc.array(cell, { minLength: p, maxLength: p }), { minLength: 3, maxLength: 20 }))
      .filter((x) => x[0]!.every((_, j) => Math.max(...x.map((r) => r[j]!)) - Math.min(...x.map((r) => r[j]!)) > 1e-3))
    fc.assert(
      fc.property(rows, fc.constantFrom('none' as const, 'unit' as const), (x, scale) => {
        const table = tableOf(x)
        const fitted = pcaOfTable(table, { scale })
        const model = modelOfFit(fitted, paramsFor(table, { scale }))
        const columns = table.columns.map((column) => (column as { values: Float64Array }).values)
        const { scores, q } = projectOnto(model, columns, x.length, unwatched)
        const size = Math.sqrt(fitted.summary.totalVariance * x.length)
        fitted.scores.flat().forEach((score, i) => expect(Math.abs(scores[i]! - score)).toBeLessThan(1e-12 * size))
        // All components together leave nothing.
        for (const rest of q) expect(Math.sqrt(rest)).toBeLessThan(1e-12 * size)
      }),
      { numRuns: 60 }
    )
  })

  it('T² of the fitted rows is that of the inverse covariance: they sum to (n − 1)·K', () => {
    // Σ_i t_ik²/λ_k = n − 1 for each component.
    const iris = readFileSync(join(import.meta.dirname, '../../../resources/samples/iris.csv'), 'utf8')
    const rows = iris
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 4).map(Number))
    const table = tableOf(rows)
    const model = modelOfFit(pcaOfTable(table, { nComponents: 2 }), paramsFor(table))
    const columns = table.columns.map((column) => (column as { values: Float64Array }).values)
    const { tSquared, q } = projectOnto(model, columns, rows.length, unwatched)
    expect(tSquared.reduce((sum, value) => sum + value, 0)).toBeCloseTo(2 * 149, 9)
    // What two components leave is the variance of the other two.
    const left = model.spectrum[2]! + model.spectrum[3]!
    expect(q.reduce((sum, value) => sum + value, 0)).toBeCloseTo(149 * left, 9)
  })

  const model = {
    name: 'two columns',
    columns: ['x', 'y'],
    centre: [1, 2],
    scale: [2, 1],
    fill: null as number[] | null,
    components: [[0.6, 0.8]],
    explainedVariance: [4]
  }

  it('is a step that adds columns, and takes columns in any order', () => {
    const table = preparedTable({ y: [4, 2, null], name: ['a', 'b', 'c'], x: [3, 1, 5] })
    const { table: made, reports } = prepare(table, [{ kind: 'project', model }])
    // z = ((3 − 1)/2, 4 − 2) = (1, 2): t = 0.6 + 1.6 = 2.2, T² = 2.2²/4, Q = |z|² − t² = 5 − 4.84.
    const values = valuesOf(made)
    expect(Object.keys(values)).toEqual(['y', 'name', 'x', 'PC1', 'T2', 'Q', 'PC1 cos2'])
    expect(values['PC1']![0]).toBeCloseTo(2.2, 14)
    expect(values['T2']![0]).toBeCloseTo(1.21, 14)
    expect(values['Q']![0]).toBeCloseTo(0.16, 14)
    expect(values['PC1 cos2']![0]).toBeCloseTo(2.2 ** 2 / 5, 14)
    expect(values['PC1']!.slice(1)).toEqual([0, null])
    // Nothing represents a row at the centre, and a row that lacks a cell has no measure.
    expect(values['PC1 cos2']!.slice(1)).toEqual([0, null])
    expect(reports[0]!.text).toBe('Projected on 1 component of two columns; 1 row with a missing cell has no scores')
  })

  it('fills missing cells where the fit did, and says so', () => {
    const table = preparedTable({ x: [3, null], y: [4, 2] })
    const { table: made, reports } = prepare(table, [{ kind: 'project', model: { ...model, fill: [1, 2] } }])
    expect(valuesOf(made)['PC1']![1]).toBe(0)
    expect(reports[0]!.text).toBe(
      'Projected on 1 component of two columns; 1 missing cell taken for the mean of the fitted rows'
    )
  })

  it('is refused where columns lack or are no numbers, all of them named', () => {
    const table = preparedTable({ y: ['a', 'b'], z: [1, 2] })
    expect(() => prepare(table, [{ kind: 'project', model }])).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'MODEL_COLUMNS' }) })
    )
    expect(() => prepare(table, [{ kind: 'project', model }])).toThrow('x, y (category)')
  })

  it('gives new columns names that are free', () => {
    const table = preparedTable({ x: [3], y: [4], PC1: [0] })
    const { table: made } = prepare(table, [{ kind: 'project', model }])
    expect(made.columns.map((column) => column.name)).toEqual(['x', 'y', 'PC1', 'PC1 2', 'T2', 'Q', 'PC1 cos2'])
  })
})
