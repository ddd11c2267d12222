import { describe, expect, test } from 'vitest'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { PCA_SOLVERS } from '../../../core/stats/pca-solver.ts'
import { errorOf, orthonormalityError, pcaOfRows, pcaOfTable, tableOf } from './fit-rows.ts'

function normalRows(nRows: number, nColumns: number, seed: number): number[][] {
  const random = new SeededRandom(seed)
  return Array.from({ length: nRows }, () => Array.from({ length: nColumns }, (_, j) => random.normal() * (j + 1)))
}

const relativeError = (ours: number[], expected: number[]): number =>
  Math.max(...expected.map((value, k) => Math.abs(ours[k]! / value - 1)))

describe('numbers that break careless formulas', () => {
  // Multiples of 2⁻¹⁰: adding the mean loses nothing, so that the variances cannot change.
  const exact = normalRows(200, 4, 1).map((row) => row.map((value) => Math.round(value * 1024) / 1024))
  const plain = pcaOfRows(exact)

  test.each([1e6, 1e9, 1e12])('a column mean of %d leaves ten digits of the variances', (mean) => {
    const shifted = pcaOfRows(exact.map((row) => row.map((value) => value + mean)))
    expect(relativeError(shifted.summary.explainedVariance, plain.summary.explainedVariance)).toBeLessThan(1e-10)
    expect(relativeError(shifted.scores.flat().map(Math.abs), plain.scores.flat().map(Math.abs))).toBeLessThan(1e-6)
    expect(shifted.summary.mean[0]).toBeCloseTo(mean + plain.summary.mean[0]!, 3)
  })

  test.each([1e150, 1e-150])('values near %d neither overflow nor vanish', (size) => {
    const scaled = pcaOfRows(exact.map((row) => row.map((value) => value * size)))
    const expected = plain.summary.explainedVariance.map((value) => value * size * size)
    expect(relativeError(scaled.summary.explainedVariance, expected)).toBeLessThan(1e-12)
    expect(relativeError(scaled.summary.explainedVarianceRatio, plain.summary.explainedVarianceRatio)).toBeLessThan(
      1e-12
    )
    expect(
      relativeError(
        scaled.summary.singularValues,
        plain.summary.singularValues.map((value) => value * size)
      )
    ).toBeLessThan(1e-12)
  })

  test('columns of 1e150 and 1e−150 side by side', () => {
    const mixed = exact.map(([a, b]) => [a! * 1e150, b! * 1e-150])
    const { summary } = pcaOfRows(mixed)
    expect(summary.explainedVarianceRatio[0]).toBeCloseTo(1, 14)
    expect(summary.explainedVarianceRatio[1]).toBe(0)
    const unit = pcaOfRows(mixed, { scale: 'unit' }).summary
    const same = pcaOfRows(
      exact.map(([a, b]) => [a!, b!]),
      { scale: 'unit' }
    ).summary
    expect(relativeError(unit.explainedVariance, same.explainedVariance)).toBeLessThan(1e-12)
  })

  test('values whose squares exceed the largest double: refused as they are, naming the column, fitted when scaled', () => {
    const huge = exact.map((row) => row.map((value, j) => value * (j === 2 ? 1e200 : 1)))
    const error = errorOf(() => pcaOfRows(huge))
    expect(error.code).toBe('OUT_OF_RANGE')
    expect(error.message).toContain('(c)')
    const scaled = pcaOfRows(huge, { scale: 'unit' }).summary
    const same = pcaOfRows(exact, { scale: 'unit' }).summary
    expect(relativeError(scaled.explainedVariance, same.explainedVariance)).toBeLessThan(1e-12)
  })

  test('a spread beyond the largest double is refused', () => {
    const error = errorOf(() => pcaOfRows([[1.7e308], [-1.7e308]], { scale: 'unit' }))
    expect(error.code).toBe('OUT_OF_RANGE')
  })
})

describe.each(PCA_SOLVERS.filter((solver) => solver !== 'randomized'))('what is hard for %s', (solver) => {
  const rows = normalRows(30, 3, 5)
  const plain = pcaOfRows(rows).summary

  test('a constant column', () => {
    const { summary, components } = pcaOfRows(
      rows.map((row) => [...row, 0.1]),
      { solver }
    )
    expect(summary.notes).toContain('d is constant: it adds nothing to any component.')
    expect(summary.totalVariance).toBe(plain.totalVariance)
    expect(relativeError(summary.explainedVariance.slice(0, 3), plain.explainedVariance)).toBeLessThan(1e-12)
    expect(summary.explainedVariance[3]! / plain.totalVariance).toBeLessThan(1e-15)
    for (let k = 0; k < 3; k++) expect(Math.abs(components[k]![3]!)).toBeLessThan(1e-15)
    expect(orthonormalityError(components)).toBeLessThan(1e-14)
  })

  test('a duplicate column', () => {
    const { summary, components } = pcaOfRows(
      rows.map((row) => [...row, row[0]!]),
      { solver }
    )
    expect(summary.explainedVarianceRatio[3]).toBeLessThan(1e-15)
    expect(summary.explainedVariance[3]).toBeGreaterThanOrEqual(0)
    for (const axis of components.slice(0, 3)) expect(Math.abs(axis[0]! - axis[3]!)).toBeLessThan(1e-14)
    expect(orthonormalityError(components)).toBeLessThan(1e-14)
    expect(summary.notes).toContain('PC4 has no variance beyond rounding: any orthogonal direction would do.')
  })

  test('columns of 1e150 and 1e−150 side by side', () => {
    const mixed = rows.map(([a, b]) => [a! * 1e150, b! * 1e-150])
    const { summary, components } = pcaOfRows(mixed, { solver })
    expect(summary.explainedVarianceRatio[0]).toBeCloseTo(1, 14)
    expect(summary.explainedVarianceRatio[1]).toBe(0)
    expect(orthonormalityError(components)).toBeLessThan(1e-14)
    const same = pcaOfRows(
      rows.map(([a, b]) => [a!, b!]),
      { scale: 'unit' }
    ).summary
    const unit = pcaOfRows(mixed, { solver, scale: 'unit' }).summary
    expect(relativeError(unit.explainedVariance, same.explainedVariance)).toBeLessThan(1e-12)
  })

  test('fewer rows than columns', () => {
    const wide = normalRows(8, 20, 6)
    const { summary, components, scores } = pcaOfRows(wide, { solver })
    expect(summary.explainedVarianceRatio.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(summary.explainedVarianceRatio[7]).toBeLessThan(1e-15)
    expect(orthonormalityError(components)).toBeLessThan(1e-13)
    wide.forEach((row, i) => {
      row.forEach((value, j) => {
        const restored = scores[i]!.reduce((sum, score, k) => sum + score * components[k]![j]!, summary.mean[j]!)
        expect(Math.abs(restored - value)).toBeLessThan(1e-12)
      })
    })
  })
})

describe('columns and rows that carry nothing new', () => {
  const rows = normalRows(30, 3, 2)

  test.each(['none', 'unit'] as const)('a constant column adds nothing, and that is said (scale %s)', (scale) => {
    const with5 = tableOf(
      rows.map((row) => [...row, 0.1]),
      ['x', 'y', 'z', 'island']
    )
    const { summary, components, loadings } = pcaOfTable(with5, { scale })
    const without = pcaOfRows(rows, { scale }).summary
    expect(summary.notes).toContain('island is constant: it adds nothing to any component.')
    expect(summary.scale[3]).toBe(1)
    expect(summary.mean[3]).toBe(0.1)
    expect(summary.totalVariance).toBe(without.totalVariance)
    expect(relativeError(summary.explainedVariance.slice(0, 3), without.explainedVariance)).toBeLessThan(1e-12)
    expect(summary.explainedVariance[3]).toBe(0)
    for (let k = 0; k < 3; k++) expect(components[k]![3]).toBe(0)
    expect(loadings[3]).toEqual([0, 0, 0, 0])
    expect(orthonormalityError(components)).toBeLessThan(1e-14)
  })

  test('many constant columns are one remark', () => {
    const { summary } = pcaOfRows(rows.map((row) => [...row, 1, 2, 3, 4, 5, 6, 7]))
    expect(summary.notes).toContain('d, e, f, g, h and 2 more are constant: they add nothing to any component.')
  })

  test('a duplicate column: one component without variance', () => {
    const { summary, components } = pcaOfRows(rows.map((row) => [...row, row[0]!]))
    expect(summary.explainedVarianceRatio[3]).toBeLessThan(1e-15)
    expect(summary.explainedVariance[3]).toBeGreaterThanOrEqual(0)
    expect(orthonormalityError(components)).toBeLessThan(1e-14)
    expect(summary.notes).toContain('PC4 has no variance beyond rounding: any orthogonal direction would do.')
  })

  test('rank 2 in 80 columns and 10 rows: eight completed axes, orthonormal, of variance 0', () => {
    const random = new SeededRandom(3)
    const basis = [0, 1].map(() => Array.from({ length: 80 }, () => random.normal()))
    const low = Array.from({ length: 10 }, () => {
      const [s, t] = [random.normal(), random.normal()]
      return basis[0]!.map((value, j) => s * value + t * basis[1]![j]!)
    })
    const { summary, components, scores } = pcaOfRows(low)
    expect(summary.solver).toBe('eigh-gram')
    expect(summary.explainedVariance.slice(2)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect(orthonormalityError(components)).toBeLessThan(1e-14)
    expect(Math.max(...scores.flatMap((row) => row.slice(2)).map(Math.abs))).toBeLessThan(1e-12)
    expect(summary.notes).toContain('PC3 to PC10 have no variance beyond rounding: any orthogonal direction would do.')
  })

  test('singular values from 1 to 1e−12 in a wide table: the axes stay orthonormal and the certificate holds', () => {
    const random = new SeededRandom(4)
    const axes = Array.from({ length: 13 }, () => Array.from({ length: 100 }, () => random.normal()))
    const graded = Array.from({ length: 20 }, () => {
      const weights = axes.map((_, k) => random.normal() * 10 ** -k)
      return Array.from({ length: 100 }, (_, j) => weights.reduce((sum, weight, k) => sum + weight * axes[k]![j]!, 0))
    })
    const { summary, components } = pcaOfRows(graded)
    expect(summary.certificate.residual).toBeLessThan(10)
    expect(summary.certificate.orthogonality).toBeLessThan(10)
    expect(orthonormalityError(components)).toBeLessThan(1e-14)
  })

  test('equal eigenvalues are said to span a plane', () => {
    const cross = [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 3],
      [0, 0, -3]
    ]
    const { summary } = pcaOfRows(cross)
    expect(summary.certificate.eigengap).toBeLessThan(1e-15)
    expect(summary.notes).toEqual([
      'PC2 to PC3 have equal variance: only the plane they span is determined, not its axes.'
    ])
  })

  test('a column that varies in its last digit only is pointed out when it is scaled', () => {
    const table = rows.map((row, i) => [...row, i === 0 ? 0.3 : 0.1 + 0.2])
    expect(pcaOfRows(table).summary.notes).toEqual([expect.stringContaining('PC4 has no variance')])
    const { notes } = pcaOfRows(table, { scale: 'unit' }).summary
    expect(notes).toEqual([
      'd varies by no more than rounding, yet with unit variance it counts as much as any other column.'
    ])
  })
})

describe('tables too small or too plain', () => {
  test('one row', () => {
    const error = errorOf(() => pcaOfRows([[1, 2, 3]], { nComponents: 1 }))
    expect(error).toMatchObject({ code: 'TOO_FEW_ROWS' })
    expect(error.message).toBe('1 complete row to work on; at least 2 are needed.')
  })

  test('no column', () => {
    expect(errorOf(() => pcaOfRows([[1], [2]], { columns: [] })).code).toBe('TOO_FEW_COLUMNS')
  })

  test('all rows equal', () => {
    const error = errorOf(() =>
      pcaOfRows([
        [1, 2],
        [1, 2],
        [1, 2]
      ])
    )
    expect(error.code).toBe('ZERO_VARIANCE')
    expect(error.message).toContain('(a, b)')
  })

  test('more components than rows or columns', () => {
    const wide = errorOf(() =>
      pcaOfRows(
        [
          [1, 2, 3],
          [4, 5, 9]
        ],
        { nComponents: 3 }
      )
    )
    expect(wide.code).toBe('TOO_MANY_COMPONENTS')
    expect(wide.message).toBe('3 components were asked for; this table has at most 2.')
  })

  test('as many components as the table allows, and fewer rows left after dropping: lowered, and said so', () => {
    const { summary } = pcaOfRows(
      [
        [1, 2],
        [NaN, 5],
        [3, 4],
        [7, NaN]
      ].map((row) => [...row, row[0]!]),
      { nComponents: 3 }
    )
    expect(summary.nComponents).toBe(2)
    expect(summary.notes).toContain('3 components were asked for; 2 complete rows have 2.')
  })

  test('one column: its variance, and no gap to speak of', () => {
    const { summary, scores } = pcaOfRows([[1], [2], [6]])
    expect(summary.explainedVariance).toEqual([7])
    expect(summary.explainedVarianceRatio).toEqual([1])
    expect(summary.certificate.eigengap).toBeNull()
    expect(scores).toEqual([[-2], [-1], [3]])
  })

  test('two rows: one direction, along their difference', () => {
    const { summary, components } = pcaOfRows([
      [0, 0],
      [3, 4]
    ])
    expect(summary.singularValues[0]).toBeCloseTo(Math.sqrt(12.5), 14)
    expect(components[0]![0]).toBeCloseTo(0.6, 14)
    expect(components[0]![1]).toBeCloseTo(0.8, 14)
  })
})
