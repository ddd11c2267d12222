import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runPca } from '../../../core/analyses/pca/run.ts'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { randomOrthogonal } from '../../zoo/symmetric-matrices.ts'
import { errorOf, orthonormalityError, paramsFor, pcaOfRows, pcaOfTable, tableOf, unwatchedRun } from './fit-rows.ts'

/** Tables on both sides of every choice of solver. */
const shape = fc.oneof(
  fc.record({ nRows: fc.integer({ min: 2, max: 40 }), nColumns: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ nRows: fc.integer({ min: 2, max: 12 }), nColumns: fc.integer({ min: 65, max: 90 }) })
)
const rows = fc
  .record({ shape, seed: fc.integer({ min: 0, max: 1e9 }), mean: fc.constantFrom(0, 1, -1e4) })
  .map(({ shape: { nRows, nColumns }, seed, mean }) => {
    const random = new SeededRandom(seed)
    return Array.from({ length: nRows }, () =>
      Array.from({ length: nColumns }, (_, j) => mean + random.normal() * 2 ** (j % 5))
    )
  })
const scale = fc.constantFrom('none' as const, 'unit' as const)

describe('principal components of any table', () => {
  test('orthonormal axes, descending variances that sum to the total, uncorrelated scores of that variance, X restored', () => {
    fc.assert(
      fc.property(rows, scale, (x, chosen) => {
        const { summary, components, scores, loadings, spectrum } = pcaOfRows(x, { scale: chosen })
        const { explainedVariance, totalVariance, nSamples } = summary
        expect(orthonormalityError(components)).toBeLessThan(1e-13)
        expect(spectrum).toEqual(spectrum.slice().sort((a, b) => b - a))
        expect(spectrum.reduce((sum, value) => sum + value, 0) / totalVariance).toBeCloseTo(1, 12)
        expect(summary.explainedVarianceRatio.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
        const tolerance = 1e-12 * totalVariance
        components.forEach((_, k) => {
          for (let l = 0; l <= k; l++) {
            const product = scores.reduce((sum, row) => sum + row[k]! * row[l]!, 0) / (nSamples - 1)
            expect(Math.abs(product - (k === l ? explainedVariance[k]! : 0))).toBeLessThan(tolerance)
          }
          expect(summary.singularValues[k]! ** 2 / (nSamples - 1) - explainedVariance[k]!).toBeLessThan(tolerance)
          const expected = components[k]!.map((value) => value * Math.sqrt(explainedVariance[k]!))
          expected.forEach((value, j) =>
            expect(Math.abs(loadings[j]![k]! - value)).toBeLessThan(1e-12 * Math.sqrt(totalVariance))
          )
        })
        x.forEach((row, i) => {
          row.forEach((value, j) => {
            const sum = scores[i]!.reduce((total, score, k) => total + score * components[k]![j]!, 0)
            const restored = sum * summary.scale[j]! + summary.mean[j]!
            expect(Math.abs(restored - value)).toBeLessThan(1e-11 * (1 + Math.abs(value)))
          })
        })
        expect(summary.certificate.residual).toBeLessThan(10)
        expect(summary.certificate.orthogonality).toBeLessThan(10)
      }),
      { seed: 4, numRuns: 60 }
    )
  })

  test('fewer components are the first of all, shares still of the whole', () => {
    fc.assert(
      fc.property(rows, scale, (x, chosen) => {
        const all = pcaOfRows(x, { scale: chosen })
        const one = pcaOfRows(x, { scale: chosen, nComponents: 1 })
        expect(one.components[0]).toEqual(all.components[0])
        expect(one.summary.explainedVarianceRatio).toEqual([all.summary.explainedVarianceRatio[0]])
        expect(one.result.arrays['components']!.shape).toEqual([1, x[0]!.length])
        expect(one.spectrum).toHaveLength(all.spectrum.length)
      }),
      { seed: 5, numRuns: 30 }
    )
  })

  test('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(rows, scale, fc.integer({ min: 0, max: 1e6 }), (x, chosen, seed) => {
        const order = Int32Array.from(x.keys())
        new SeededRandom(seed).shuffle(order)
        const shuffled = Array.from(order, (i) => x[i]!)
        expectSameSpectrum(pcaOfRows(shuffled, { scale: chosen }).spectrum, pcaOfRows(x, { scale: chosen }).spectrum)
      }),
      { seed: 6, numRuns: 30 }
    )
  })

  test('turning the space does not change the variances', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 1e6 }), (x, seed) => {
        const p = x[0]!.length
        const q = randomOrthogonal(p, new SeededRandom(seed))
        const turned = x.map((row) =>
          Array.from({ length: p }, (_, j) => row.reduce((sum, value, k) => sum + value * q[k * p + j]!, 0))
        )
        expectSameSpectrum(pcaOfRows(turned).spectrum, pcaOfRows(x).spectrum)
      }),
      { seed: 7, numRuns: 30 }
    )
  })

  test('the input is not modified and the same input gives the same bits', () => {
    fc.assert(
      fc.property(rows, scale, fc.constantFrom('drop' as const, 'mean' as const), (x, chosen, missing) => {
        const table = tableOf(x)
        const before = structuredClone(table)
        const first = pcaOfTable(table, { scale: chosen, missing })
        expect(table).toEqual(before)
        const second = pcaOfTable(table, { scale: chosen, missing })
        expect(second.result.arrays).toEqual(first.result.arrays)
        expect({ ...second.summary, timings: {} }).toEqual({ ...first.summary, timings: {} })
      }),
      { seed: 8, numRuns: 30 }
    )
  })
})

function expectSameSpectrum(ours: number[], expected: number[]): void {
  expected.forEach((value, k) => expect(Math.abs(ours[k]! - value) / expected[0]!).toBeLessThan(1e-11))
}

describe('while it works', () => {
  const random = new SeededRandom(9)
  const tall = tableOf(Array.from({ length: 300 }, () => Array.from({ length: 6 }, () => random.normal())))
  const wide = tableOf(Array.from({ length: 10 }, () => Array.from({ length: 70 }, () => random.normal())))

  test.each([
    ['tall', tall, { covariance: 'Covariance', eigenvectors: 'Eigenvectors', scores: 'Scores' }],
    [
      'wide',
      wide,
      { centring: 'Centring', covariance: 'Inner products of rows', eigenvectors: 'Eigenvectors', scores: 'Scores' }
    ]
  ])('progress of a %s table names its phases in order and never goes back', (_name, table, phases) => {
    const seen: { phase: string; fraction: number }[] = []
    const { summary } = runPca(table, paramsFor(table), {
      ...unwatchedRun,
      progress: (phase, fraction) => void seen.push({ phase, fraction })
    })
    expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(Object.values(phases))
    const fractions = seen.map(({ fraction }) => fraction)
    expect(fractions[0]).toBe(0)
    expect(fractions).toEqual(fractions.slice().sort((a, b) => a - b))
    expect(fractions.at(-1)).toBeLessThanOrEqual(1)
    expect(Object.keys(summary.timings)).toEqual([...Object.keys(phases), 'total'])
  })

  test.each([
    ['tall', tall],
    ['wide', wide]
  ])('a %s table can be cancelled at every checkpoint', (_name, table) => {
    let calls = 0
    runPca(table, paramsFor(table), { ...unwatchedRun, checkpoint: () => void calls++ })
    expect(calls).toBeGreaterThan(10)
    for (let stop = 1; stop <= calls; stop++) {
      let left = stop
      const checkpoint = (): void => {
        if (--left === 0) throw new EigendeskError('CANCELLED')
      }
      expect(errorOf(() => runPca(table, paramsFor(table), { ...unwatchedRun, checkpoint })).code).toBe('CANCELLED')
    }
  })
})
