import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runSvd } from '../../../core/analyses/svd/run.ts'
import { svdSummarySchema } from '../../../core/analyses/svd/spec.ts'
import type { AnalysisResult } from '../../../core/contract/analysis.ts'
import type { SvdSummary } from '../../../core/analyses/svd/spec.ts'
import { buildTable, quiet } from '../factorization/build.ts'
import { svdOfEntries, svdOfRows, svdParams } from './build.ts'

/** ‖A − U·diag(σ)·Vᵀ‖F of the first k factors, formed from the arrays. */
function left(rows: number[][], { arrays, summary }: AnalysisResult<SvdSummary>, k: number): number {
  const K = summary.nFactors
  const [u, v] = [arrays['leftVectors']!.data, arrays['rightVectors']!.data]
  let sum = 0
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      let rest = value
      for (let f = 0; f < k; f++) rest -= summary.singularValues[f]! * u[i * K + f]! * v[j * K + f]!
      sum += rest * rest
    })
  })
  return Math.sqrt(sum)
}

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([n, p]) =>
    fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: p, maxLength: p }), { minLength: n, maxLength: n })
  )
  .filter((rows) => rows.flat().some((value) => value !== 0))

describe('Eckart–Young', () => {
  it('‖A − A_k‖F² is the sum of the squares of the values left out, whatever the matrix and the solver', () => {
    fc.assert(
      fc.property(matrices, fc.constantFrom('direct' as const, 'krylov' as const), (rows, solver) => {
        const short = Math.min(rows.length, rows[0]!.length)
        const result = svdOfRows(rows, { nFactors: short, solver })
        const { singularValues, errors, eckartYoung, frobeniusNorm } = result.summary
        for (let k = 0; k <= short; k++) {
          const tail = Math.sqrt(singularValues.slice(k).reduce((sum, sigma) => sum + sigma * sigma, 0))
          expect(Math.abs(left(rows, result, k) - tail)).toBeLessThan(1e-12 * frobeniusNorm)
          expect(Math.abs(errors[k]! - tail)).toBeLessThan(1e-12 * frobeniusNorm)
          // what is left of squares is the root of a difference where the whole spectrum is not known
          expect(Math.abs(eckartYoung[k]! - tail)).toBeLessThan(1e-7 * frobeniusNorm)
        }
      }),
      { numRuns: 60 }
    )
  })

  it('is the same of the entries of the matrix as of its columns', () => {
    fc.assert(
      fc.property(matrices, (rows) => {
        const entries = rows.flatMap((row, i) => row.map((value, j) => [`r${i}`, `c${j + 1}`, value]))
        const nFactors = Math.min(rows.length, rows[0]!.length)
        const [dense, sparse] = [svdOfRows(rows, { nFactors }), svdOfEntries(entries, { nFactors })]
        expect(sparse.summary.nEntries).toBe(dense.summary.nEntries)
        sparse.summary.singularValues.forEach((sigma, k) => {
          expect(Math.abs(sigma - dense.summary.singularValues[k]!)).toBeLessThan(1e-12 * dense.summary.frobeniusNorm)
        })
        const shares = (of: typeof dense): number[] => of.summary.explainedVarianceRatio
        shares(sparse).forEach((share, k) => expect(share).toBeCloseTo(shares(dense)[k]!, 9))
      }),
      { numRuns: 40 }
    )
  })
})

describe('a result', () => {
  const rows = [
    [3, 1, 0],
    [0, 2, 5],
    [1, 1, 1],
    [4, 0, 2]
  ]

  it('has the arrays and lists its schema promises, the largest entry of each right vector positive', () => {
    const { summary, arrays, lists } = svdOfRows(rows, { nFactors: 2 })
    expect(svdSummarySchema.parse(summary)).toEqual(summary)
    expect(arrays['leftVectors']!.shape).toEqual([4, 2])
    expect(arrays['rightVectors']!.shape).toEqual([3, 2])
    expect(arrays['spectrum']!.shape).toEqual([3])
    expect(Array.from(arrays['columnEntries']!.data)).toEqual([3, 3, 3])
    expect(Array.from(arrays['shown']!.data)).toEqual(rows.flat())
    expect(lists).toEqual({ rows: ['row 1', 'row 2', 'row 3', 'row 4'], columns: ['c1', 'c2', 'c3'] })
    for (const k of [0, 1]) {
      const vector = [0, 1, 2].map((j) => arrays['rightVectors']!.data[j * 2 + k]!)
      const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most))
      expect(largest).toBeGreaterThan(0)
    }
    expect(summary.density).toBeCloseTo(9 / 12, 15)
    expect(summary.certificate.residual).toBeLessThan(10)
    expect(summary.certificate.orthogonality).toBeLessThan(10)
  })

  it('is the same to the last bit with the same seed', () => {
    const bits = (): Float64Array =>
      svdOfRows(rows, { solver: 'krylov', seed: 5 }).arrays['leftVectors']!.data as Float64Array
    expect(bits()).toEqual(bits())
  })

  it('does not overflow or vanish at 1e±150', () => {
    const plain = svdOfRows(rows).summary
    for (const scale of [1e150, 1e-150]) {
      const { summary } = svdOfRows(rows.map((row) => row.map((value) => value * scale)))
      summary.singularValues.forEach((sigma, k) => expect(sigma / scale).toBeCloseTo(plain.singularValues[k]!, 12))
      summary.explainedVarianceRatio.forEach((share, k) =>
        expect(share).toBeCloseTo(plain.explainedVarianceRatio[k]!, 12)
      )
      summary.normShare.forEach((share, k) => expect(share).toBeCloseTo(plain.normShare[k]!, 12))
    }
  })

  it('says nothing of variance where no column varies, and keeps what there is of too many factors', () => {
    const { summary } = svdOfRows([
      [2, 1],
      [2, 1],
      [2, 1]
    ])
    expect(summary.explainedVarianceRatio).toEqual([0, 0])
    expect(summary.normShare[0]).toBeCloseTo(1, 15)
    expect(summary.notes).toEqual(['The last factor holds nothing: the matrix has rank 1.'])
    const few = svdOfRows(rows, { nFactors: 9 })
    expect(few.summary.nFactors).toBe(3)
    expect(few.summary.notes[0]).toBe('9 factors were asked for; this matrix has at most 3.')
  })
})

describe('what is not there', () => {
  it('leaves out rows with a missing cell and says which', () => {
    const { summary, arrays } = svdOfRows([
      [1, 2],
      [NaN, 3],
      [4, 5]
    ])
    expect(summary.dropped).toEqual([{ row: 1, line: 3, columns: ['c1'] }])
    expect(Array.from(arrays['rowsUsed']!.data)).toEqual([0, 2])
    expect(summary.notes).toEqual(['1 row with a missing value was left out.'])
  })

  it('refuses a matrix of zeros, and a number that is none with its line', () => {
    expect(() => svdOfRows([[0, 0]])).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'MATRIX_EMPTY' }) })
    )
    expect(() => svdOfRows([[1], [Infinity]])).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({ code: 'NON_FINITE', where: { file: 'ratings.csv', line: 3, field: 'c1' } })
      })
    )
    expect(() =>
      svdOfEntries([
        ['a', 'x', 1],
        ['a', 'y', Infinity]
      ])
    ).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({ code: 'NON_FINITE', where: { file: 'ratings.csv', line: 3, field: 'value' } })
      })
    )
  })

  it('adds up entries of one place and keeps leading zeros of ids', () => {
    const { summary, arrays, lists } = svdOfEntries([
      ['007', 'x', 1],
      ['7', 'x', 2],
      ['007', 'x', 3],
      [null, 'x', 3]
    ])
    expect(summary.duplicates).toBe(1)
    expect(summary.dropped).toEqual([{ row: 3, line: 5, columns: ['row'] }])
    expect(lists['rows']).toEqual(['007', '7'])
    expect(Array.from(arrays['shown']!.data)).toEqual([4, 2])
  })

  it('counts rows where there is no column of values', () => {
    const table = buildTable(
      ['a', 'b'],
      [
        ['x', 'y'],
        ['x', 'y'],
        ['z', 'y']
      ]
    )
    const params = svdParams({ source: 'triplets', row: 'a', column: 'b' })
    expect(Array.from(runSvd(table, params, quiet).arrays['shown']!.data)).toEqual([2, 1])
  })

  it('stops where it is asked to', () => {
    const table = buildTable(
      ['c1', 'c2'],
      [
        [1, 2],
        [3, 4]
      ]
    )
    const stop = (): void => {
      throw new Error('stopped')
    }
    expect(() => runSvd(table, svdParams({ columns: ['c1', 'c2'] }), { progress: () => {}, checkpoint: stop })).toThrow(
      'stopped'
    )
  })
})
