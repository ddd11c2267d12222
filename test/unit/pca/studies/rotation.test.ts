import { describe, expect, test } from 'vitest'
import { runRotation } from '../../../../core/analyses/pca/studies/rotation/run.ts'
import {
  rotationParamsSchema,
  rotationSpec,
  rotationSummarySchema,
  usualStarts,
  type RotationParams
} from '../../../../core/analyses/pca/studies/rotation/spec.ts'
import { ROTATION_METHODS } from '../../../../core/stats/rotation/methods.ts'
import { errorOf, paramsFor, pcaOfTable, tableOf, unwatchedRun, type Fitted } from '../fit-rows.ts'

const rows = [
  [7, 26, 6, 60, 1],
  [1, 29, 15, 52, 2],
  [11, 56, 8, 20, 7],
  [11, 31, 8, 47, 3],
  [7, 52, 6, 33, 1],
  [11, 55, 9, 22, 9],
  [3, 71, 17, 6, 2],
  [1, 31, 22, 44, 8]
]
const table = tableOf(rows)

function study(fit: Fitted, asked: Partial<RotationParams> = {}, context = unwatchedRun) {
  const analysis = { params: paramsFor(table), summary: fit.summary }
  const params = rotationParamsSchema.parse(rotationSpec.defaults(analysis, asked))
  const input = { table: tableOf([]), ...analysis, array: (name: string) => fit.result.arrays[name] }
  const result = runRotation(input, params, context)
  return { ...result, summary: rotationSummarySchema.parse(JSON.parse(JSON.stringify(result.summary))) }
}

const fit = pcaOfTable(table, { scale: 'unit', nComponents: 4 })

describe.each(ROTATION_METHODS)('%s', (method) => {
  test('rotated scores have variance one, and correlate with the columns as the structure says', () => {
    const { arrays, summary } = study(fit, { method, nComponents: 3 })
    const scores = arrays['scores']!.data
    const structure = arrays['structure']!.data
    const n = rows.length
    const product = (a: (i: number) => number, b: (i: number) => number): number =>
      rows.reduce((sum, _, i) => sum + a(i) * b(i), 0) / (n - 1)
    for (let k = 0; k < 3; k++) {
      for (let l = 0; l < 3; l++) {
        const found = product(
          (i) => scores[i * 3 + k]!,
          (i) => scores[i * 3 + l]!
        )
        expect(found).toBeCloseTo(summary.correlations[k]![l]!, 9)
      }
      for (let j = 0; j < 5; j++) {
        const z = (i: number): number => (rows[i]![j]! - fit.summary.mean[j]!) / fit.summary.scale[j]!
        expect(product(z, (i) => scores[i * 3 + k]!)).toBeCloseTo(structure[j * 3 + k]!, 9)
      }
    }
  })

  test('explains what the components did', () => {
    const { summary } = study(fit, { method, nComponents: 3 })
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
    expect(sum(summary.explainedVariance)).toBeCloseTo(sum(fit.summary.explainedVariance.slice(0, 3)), 10)
    expect(sum(summary.explainedVarianceRatio)).toBeCloseTo(sum(fit.summary.explainedVarianceRatio.slice(0, 3)), 10)
  })

  test('the same bits every time', () => {
    expect(study(fit, { method }).arrays).toEqual(study(fit, { method }).arrays)
  })
})

test('at first it is varimax with Kaiser’s normalization on all kept components; oblimin goes without', () => {
  expect(study(fit).summary).toMatchObject({ method: 'varimax', kaiser: true, nComponents: 4 })
  expect(study(fit, { method: 'oblimin' }).summary.kaiser).toBe(false)
})

test('components without variance are left out, and it is said', () => {
  const flat = pcaOfTable(tableOf(rows.map(([a = 0, b = 0]) => [a, b, a + b])))
  const { summary, arrays } = study(flat, { nComponents: 3 })
  expect(summary.nComponents).toBe(2)
  expect(summary.notes[0]).toContain('Only 2 of 3 components')
  for (const { data } of Object.values(arrays)) expect(data.every(Number.isFinite)).toBe(true)
})

test('more than were kept, and fewer than two, are refused', () => {
  expect(errorOf(() => study(fit, { nComponents: 5 })).code).toBe('TOO_MANY_COMPONENTS')
  expect(
    rotationParamsSchema.safeParse({
      ...rotationSpec.defaults({ params: paramsFor(table), summary: fit.summary }),
      nComponents: 1
    }).success
  ).toBe(false)
})

test('it can be stopped', () => {
  const context = {
    ...unwatchedRun,
    checkpoint: () => {
      throw new Error('stopped')
    }
  }
  expect(() => study(fit, {}, context)).toThrow('stopped')
})

test('the axes are sought ten times, and once where that alone takes long', () => {
  // p·K² of 64 × 6,830 with all components: 28 million
  expect([usualStarts(9, 3), usualStarts(6830, 5), usualStarts(6830, 63)]).toEqual([10, 10, 1])
  const ofMany = { params: paramsFor(table), summary: { ...fit.summary, nFeatures: 6830, nComponents: 63 } }
  expect(rotationSpec.defaults(ofMany)).toMatchObject({ nComponents: 63, starts: 1 })
})
