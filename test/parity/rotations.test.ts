import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { matrixOf, type Matrix } from '../../core/linalg/matrix.ts'
import { isOblique, type RotationMethod } from '../../core/stats/rotation/methods.ts'
import { rotateLoadings } from '../../core/stats/rotation/rotate-loadings.ts'
import { errorOf, pcaOfRows } from '../unit/pca/fit-rows.ts'

interface Rotated {
  pattern: number[][]
  structure: number[][]
  correlations: number[][]
  explainedVariance: number[]
}

interface Fixture {
  source: string
  cases: {
    name: string
    loadings: number[][]
    rotations: {
      method: RotationMethod
      kaiser: boolean
      power?: number
      gamma?: number
      by: string
      rotated: Rotated
    }[]
    /** gammas at which R finds no oblimin */
    endless: number[]
  }[]
  whole: {
    name: string
    rotate: RotationMethod
    kaiser: boolean
    nComponents: number
    rows: number[][]
    rotated: Rotated
    vaccounted: number[]
    absoluteScores: number[][]
  }[]
}

// Made by scripts/fixtures/make-rotations.R.
const fixture = JSON.parse(readFileSync(new URL('fixtures/rotations.json', import.meta.url), 'utf-8')) as Fixture

/** Axes are known to half the digits of the criterion, and R stops where the criterion seems to stand still. */
const SIX_DIGITS = 1e-6

function distance(ours: Matrix | Float64Array, theirs: number[] | number[][]): number {
  const data = 'data' in ours ? ours.data : ours
  const flat = theirs.flat()
  expect(data).toHaveLength(flat.length)
  return flat.reduce((worst, value, at) => Math.max(worst, Math.abs(value - data[at]!)), 0)
}

describe.each(fixture.cases)(
  `rotated loadings as R gives them (${fixture.source}): $name`,
  ({ loadings, rotations, endless }) => {
    test.each([0.5, 0.7])('oblimin with γ = %f has an answer where it has one in R, and is refused else', (gamma) => {
      const rotate = () => rotateLoadings(matrixOf(loadings), { method: 'oblimin', kaiser: false, power: 4, gamma })
      if (!endless.includes(gamma)) return expect(rotate().converged).toBe(true)
      expect(errorOf(rotate)).toMatchObject({ code: 'INVALID_PARAMETER' })
      expect(errorOf(rotate).message).toContain(`with ${gamma} the factors run into each other`)
    })

    test.each(rotations)('$method, Kaiser $kaiser, power $power, gamma $gamma, by $by', (wanted) => {
      const { method, kaiser, power = 4, gamma = 0 } = wanted
      const found = rotateLoadings(matrixOf(loadings), { method, kaiser, power, gamma })
      expect(found.converged).toBe(true)
      expect(distance(found.pattern, wanted.rotated.pattern)).toBeLessThan(SIX_DIGITS)
      expect(distance(found.structure, wanted.rotated.structure)).toBeLessThan(SIX_DIGITS)
      expect(distance(found.correlations, wanted.rotated.correlations)).toBeLessThan(SIX_DIGITS)
      expect(distance(found.explainedVariance, wanted.rotated.explainedVariance)).toBeLessThan(SIX_DIGITS)
      expect(isOblique(method)).toBe(
        wanted.rotated.correlations.some((row, i) => row.some((r, k) => i !== k && r !== 0))
      )
    })
  }
)

describe.each(fixture.whole)(`rotated components as psych::principal gives them: $name, $rotate`, (wanted) => {
  const { rows, nComponents } = wanted
  const fitted = pcaOfRows(rows, { scale: 'unit', nComponents })
  const options = { method: wanted.rotate, kaiser: wanted.kaiser, power: 4, gamma: 0 }
  const found = rotateLoadings(matrixOf(fitted.loadings), options)

  test('pattern, structure, correlations and shares', () => {
    expect(distance(found.pattern, wanted.rotated.pattern)).toBeLessThan(SIX_DIGITS)
    expect(distance(found.structure, wanted.rotated.structure)).toBeLessThan(SIX_DIGITS)
    expect(distance(found.correlations, wanted.rotated.correlations)).toBeLessThan(SIX_DIGITS)
    const shares = found.explainedVariance.map((value) => value / fitted.summary.totalVariance)
    expect(distance(shares, wanted.vaccounted)).toBeLessThan(SIX_DIGITS)
  })

  test('scores: standardized scores turned', () => {
    const deviations = fitted.summary.explainedVariance.map(Math.sqrt)
    const scores = fitted.scores.map((row) =>
      Array.from({ length: nComponents }, (_, k) =>
        Math.abs(
          row.reduce((sum, value, i) => sum + (value / deviations[i]!) * found.turn.data[i * nComponents + k]!, 0)
        )
      )
    )
    expect(distance(matrixOf(scores), wanted.absoluteScores)).toBeLessThan(10 * SIX_DIGITS)
  })
})
