import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PCA_SOLVERS } from '../../core/stats/pca-solver.ts'
import { pcaOfRows } from '../unit/pca/fit-rows.ts'

interface Fixture {
  source: string
  cases: {
    name: string
    scale: 'none' | 'unit'
    rows: number[][]
    subspaces: number[][]
    explainedVariance: number[]
    explainedVarianceRatio: number[]
    singularValues: number[]
    components: number[][]
  }[]
}

// Made by scripts/fixtures/make-parity-pca.py.
const fixture = JSON.parse(readFileSync(new URL('fixtures/pca.json', import.meta.url), 'utf-8')) as Fixture

/** Twelve digits of the largest value: what both sides can promise of the small ones. */
const TWELVE_DIGITS = 1e-12

const exactSolvers = ['auto', ...PCA_SOLVERS.filter((solver) => solver !== 'randomized')] as const

describe.each(exactSolvers)(`principal components as scikit-learn gives them (${fixture.source}), by %s`, (solver) => {
  test.each(fixture.cases)('$name', (expected) => {
    const nComponents = expected.explainedVariance.length
    const { summary, components } = pcaOfRows(expected.rows, { scale: expected.scale, nComponents, solver })
    const largest = expected.explainedVariance[0]!
    for (let k = 0; k < nComponents; k++) {
      expect(Math.abs(summary.explainedVariance[k]! - expected.explainedVariance[k]!) / largest).toBeLessThan(
        TWELVE_DIGITS
      )
      expect(Math.abs(summary.explainedVarianceRatio[k]! - expected.explainedVarianceRatio[k]!)).toBeLessThan(
        TWELVE_DIGITS
      )
      // Twelve digits of the squares, as of the variances: of a value near 0 both know half as many.
      const [ours, theirs] = [summary.singularValues[k]!, expected.singularValues[k]!]
      expect((Math.abs(ours - theirs) * (ours + theirs)) / expected.singularValues[0]! ** 2).toBeLessThan(TWELVE_DIGITS)
    }
    for (const subspace of expected.subspaces) {
      const gap = gapAround(subspace, expected.explainedVariance) / largest
      // Davis & Kahan: a subspace is known to the error of the matrix over its distance from the other eigenvalues.
      const tolerance = Math.max(TWELVE_DIGITS, 1e-14 / gap)
      expect(tolerance).toBeLessThan(0.1)
      const theirs = subspace.map((k) => expected.components[k]!)
      for (const k of subspace) expect(distanceFrom(components[k]!, theirs)).toBeLessThan(tolerance)
    }
  })
})

function gapAround(subspace: number[], values: number[]): number {
  const inside = subspace.map((k) => values[k]!)
  const outside = values.filter((_, k) => !subspace.includes(k))
  return Math.min(...outside.map((value) => Math.min(...inside.map((other) => Math.abs(value - other)))))
}

/** Length of what is left of a vector once its projection on orthonormal vectors is taken away; 0 for one of them,
 * whatever its sign. */
function distanceFrom(vector: number[], basis: number[][]): number {
  let rest = vector
  for (const axis of basis) {
    const along = axis.reduce((sum, value, j) => sum + value * rest[j]!, 0)
    rest = rest.map((value, j) => value - along * axis[j]!)
  }
  return Math.hypot(...rest)
}
