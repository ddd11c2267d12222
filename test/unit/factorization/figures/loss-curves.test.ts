import { describe, expect, test } from 'vitest'
import { lossCurves } from '../../../../core/analyses/factorization/figures/loss-curves.ts'
import { methodSchema } from '../../../../core/analyses/factorization/methods.ts'
import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import { buildParams, drawRatings, quiet, tableOfCells } from '../build.ts'

const table = tableOfCells(drawRatings(20, 12, 0.5, 4))
const fit = (method: (typeof methodSchema.options)[number]) =>
  runFactorization(table, buildParams({ method, iterations: 6, samples: 3, burnIn: 2 }), quiet, {}).summary

describe('what fell', () => {
  test.each(methodSchema.options)('of %s is the sum of parts, none of which is negative', (method) => {
    const summary = fit(method)
    const [whole, ...parts] = lossCurves(summary)
    if (summary.history.length === 0) return expect(whole).toBeUndefined()
    expect(whole!.whole).toBe(true)
    expect(whole!.values).toEqual(summary.history.map(({ loss }) => loss))
    expect(parts.map(({ name }) => name)).toEqual(
      method === 'bpmf' || method === 'bsvdpp'
        ? []
        : ['wals', 'ials', 'hkv'].includes(method)
          ? ['known cells', 'blanks', 'penalty']
          : ['squared errors', 'penalty']
    )
    whole!.values.forEach((loss, at) => {
      for (const { values } of parts) expect(values[at]).toBeGreaterThanOrEqual(0)
      const sum = parts.reduce((total, { values }) => total + values[at]!, 0)
      if (parts.length > 0) expect(sum).toBeCloseTo(loss, 8)
    })
  })

  test('the squares are those of the training error, where predictions are within the scale', () => {
    const { history, nTrain } = fit('bias')
    for (const { squares, trainRmse } of history) expect(squares).toBeCloseTo(nTrain * trainRmse ** 2, 6)
  })

  test('a result of before, which knows the whole alone, has one line', () => {
    const history = fit('als').history.map(({ iteration, trainRmse, testRmse, loss }) => ({
      ...{ iteration, trainRmse, testRmse, loss }
    }))
    expect(lossCurves({ method: 'als', history }).map(({ name }) => name)).toEqual(['loss'])
  })
})
