import { describe, expect, test } from 'vitest'
import type { PcaParams } from '../../../core/analyses/pca/spec.ts'
import { runPca } from '../../../core/analyses/pca/run.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { PCA_SOLVERS, type PcaSolver } from '../../../core/stats/pca-solver.ts'
import { errorOf, orthonormalityError, paramsFor, pcaOfRows, tableOf, type Fitted } from './fit-rows.ts'

/** Rows of a few strong factors, each half as strong as the one before, and some noise. */
function factorRows(nRows: number, nColumns: number, nFactors: number, noise = 0.01, seed = 1): number[][] {
  const random = new SeededRandom(seed)
  const draw = (count: number): number[] => Array.from({ length: count }, () => random.normal())
  const axes = Array.from({ length: nFactors }, (_, k) => draw(nColumns).map((value) => 4 * value * 0.5 ** k))
  return Array.from({ length: nRows }, () => {
    const weights = draw(nFactors)
    return draw(nColumns).map((value, j) => weights.reduce((sum, w, k) => sum + w * axes[k]![j]!, noise * value))
  })
}

const widest = (values: number[]): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
const difference = (a: number[], b: number[]): number => widest(a.map((value, i) => value - b[i]!))

/** Variances relative to the largest, components, and scores relative to their spread. */
function expectSame(ours: Fitted, expected: Fitted, tolerance: number): void {
  const largest = expected.summary.explainedVariance[0]!
  const [a, b] = [ours.summary.explainedVariance, expected.summary.explainedVariance]
  expect(a).toHaveLength(b.length)
  expect(difference(a, b) / largest).toBeLessThan(tolerance)
  expect(difference(ours.components.flat(), expected.components.flat())).toBeLessThan(tolerance)
  expect(difference(ours.scores.flat(), expected.scores.flat()) / Math.sqrt(largest)).toBeLessThan(tolerance)
  expect(ours.summary.totalVariance / expected.summary.totalVariance).toBeCloseTo(1, 12)
  expect(orthonormalityError(ours.components)).toBeLessThan(1e-13)
}

const toleranceOf = (solver: PcaSolver): number => (solver === 'randomized' ? 1e-5 : 1e-10)

/** The chosen solver and the one that needs nothing but the covariance matrix; that one and the inner products of rows. */
function compare(rows: number[][], solver: PcaSolver, params: Partial<PcaParams>): Fitted {
  const ours = pcaOfRows(rows, { ...params, solver })
  const other = solver === 'eigh-covariance' ? 'eigh-gram' : 'eigh-covariance'
  expectSame(ours, pcaOfRows(rows, { ...params, solver: other }), toleranceOf(solver))
  expect(ours.summary.solver).toBe(solver)
  expect(ours.summary.solverReason).toContain('was asked for')
  if (solver !== 'randomized') expect(ours.summary.certificate.residual).toBeLessThan(10)
  expect(ours.summary.certificate.orthogonality).toBeLessThan(10)
  return ours
}

describe.each(PCA_SOLVERS)('%s', (solver) => {
  test.each([
    ['tall', 250, 90],
    ['wide', 90, 250],
    ['square', 120, 120]
  ])('a %s table, in its units and with unit variance', (_, nRows, nColumns) => {
    const rows = factorRows(nRows, nColumns, 5)
    for (const scale of ['none', 'unit'] as const) compare(rows, solver, { nComponents: 4, scale })
  })

  test('one component, of tables of every small order', () => {
    for (const order of [2, 5, 8, 11, 12, 13, 14, 15, 16, 17, 20, 24, 30, 48]) {
      compare(factorRows(70, order, 2), solver, { nComponents: 1 })
      compare(factorRows(order, 70, 2), solver, { nComponents: 1 })
    }
  })

  test('rows with missing cells are left out, or the cells filled', () => {
    const rows = factorRows(200, 60, 4)
    rows[7]![3] = NaN
    rows[90]![59] = NaN
    const dropped = compare(rows, solver, { nComponents: 3 })
    expect(dropped.summary.dropped.map(({ row }) => row)).toEqual([7, 90])
    const filled = compare(rows, solver, { nComponents: 3, missing: 'mean' })
    expect(filled.summary.nSamples).toBe(200)
    expect(filled.summary.imputed).toEqual({ c3: 1, c59: 1 })
  })

  test.each([1e6, 1e9])('column means of %d', (mean) => {
    // Multiples of 2⁻¹⁰: adding the mean loses nothing.
    const rows = factorRows(200, 60, 4).map((row) => row.map((value) => Math.round(value * 1024) / 1024))
    const shifted = rows.map((row) => row.map((value) => value + mean))
    const ours = pcaOfRows(shifted, { nComponents: 3, solver })
    expectSame(
      ours,
      pcaOfRows(rows, { nComponents: 3, solver: 'eigh-covariance' }),
      Math.max(toleranceOf(solver), 1e-7)
    )
    const [a, b] = [ours, pcaOfRows(rows, { nComponents: 3, solver })].map(({ summary }) => summary.explainedVariance)
    expect(difference(a!, b!) / b![0]!).toBeLessThan(1e-10)
  })

  test('the same seed gives the same bits', () => {
    const rows = factorRows(150, 80, 4)
    const fit = () => pcaOfRows(rows, { nComponents: 4, solver, seed: 5 }).result.arrays
    expect(fit()).toEqual(fit())
  })

  test.each([
    ['tall', 200, 90],
    ['wide', 90, 200]
  ])('a %s table of rank 3: variances of rounding beyond, orthonormal components', (_, nRows, nColumns) => {
    const { summary, components } = pcaOfRows(factorRows(nRows, nColumns, 3, 0), { nComponents: 6, solver })
    const [first, ...rest] = summary.explainedVariance
    for (const value of rest.slice(2)) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value / first!).toBeLessThan(1e-13)
    }
    // Axes made from the inner products of the rows tell what is rounding from what is small.
    const isLeft = solver === 'eigh-gram' || (solver === 'krylov' && nRows < nColumns)
    if (isLeft) expect(rest.slice(2)).toEqual([0, 0, 0])
    expect(orthonormalityError(components)).toBeLessThan(1e-13)
    expect(summary.notes).toContain('PC4 to PC6 have no variance beyond rounding: any orthogonal direction would do.')
  })
})

test.each([
  ['tall', 400, 300, 'eigh-covariance'],
  ['wide', 300, 400, 'eigh-gram']
] as const)('krylov of %s noise forms the matrix after all, and says so', (_, nRows, nColumns, instead) => {
  const random = new SeededRandom(6)
  const rows = Array.from({ length: nRows }, () => Array.from({ length: nColumns }, () => random.normal()))
  const ours = pcaOfRows(rows, { nComponents: 5, solver: 'krylov' })
  expect(ours.summary.solver).toBe(instead)
  expect(ours.summary.solverReason).toBe(
    'The Krylov method, exact to rounding, was asked for. Its first steps showed that the components hardly stand out from the rest, so that matrix was formed after all.'
  )
  expect(ours.summary.certificate.residual).toBeLessThan(10)
  expectSame(ours, pcaOfRows(rows, { nComponents: 5, solver: 'eigh-covariance' }), 1e-9)
})

describe.each(['krylov', 'auto'] as const)('%s, whatever the unit of the data', (solver) => {
  const rows = factorRows(2100, 480, 3)
  const expected = pcaOfRows(rows, { nComponents: 3, solver })
  test.each([1e-30, 1e-16, 1e-12, 1e-9, 1e-6, 1e15, 1e30])('%d', (unit) => {
    const ours = pcaOfRows(
      rows.map((row) => row.map((value) => value * unit)),
      { nComponents: 3, solver }
    )
    expect(ours.summary.solver).toBe('krylov')
    expect(ours.summary.certificate.residual).toBeLessThan(10)
    expect(ours.summary.certificate.orthogonality).toBeLessThan(10)
    const variances = ours.summary.explainedVariance.map((value) => value / unit / unit)
    const largest = expected.summary.explainedVariance[0]!
    expect(difference(variances, expected.summary.explainedVariance) / largest).toBeLessThan(1e-12)
    expect(difference(ours.components.flat(), expected.components.flat())).toBeLessThan(1e-10)
  })
})

test('a large table with strong factors goes to krylov unasked', () => {
  const rows = factorRows(2100, 480, 3)
  const ours = pcaOfRows(rows, { nComponents: 3 })
  expect(ours.summary.solver).toBe('krylov')
  expect(ours.summary.solverReason).toMatch(/^3 components of 2,100 rows and 480 columns: .* 480 × 480 matrix/)
  expectSame(ours, pcaOfRows(rows, { nComponents: 3, solver: 'eigh-covariance' }), 1e-10)
})

test.each(PCA_SOLVERS)('%s can be stopped at any look, and gives its memory back', (solver) => {
  const table = tableOf(factorRows(120, 60, 3))
  const free = kernels().memory.free
  const stop = new Error('stopped')
  for (const last of [1, 3, 8]) {
    let looks = 0
    const checkpoint = (): void => {
      if (++looks === last) throw stop
    }
    const context = { progress: () => undefined, checkpoint }
    expect(() => runPca(table, paramsFor(table, { solver, nComponents: 3 }), context)).toThrow(stop)
    expect(kernels().memory.free).toBe(free)
  }
})

test.each(PCA_SOLVERS)('%s refuses more components than there are', (solver) => {
  expect(errorOf(() => pcaOfRows(factorRows(5, 4, 2), { nComponents: 5, solver })).code).toBe('TOO_MANY_COMPONENTS')
})
