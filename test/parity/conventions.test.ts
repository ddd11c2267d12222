import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  conventionFactors,
  conventionSign,
  type ConventionContext,
  type ConventionId
} from '../../core/analyses/pca/figures/conventions.ts'
import { hotellingT2 } from '../../core/analyses/pca/figures/hotelling.ts'
import { pcaOfRows } from '../unit/pca/fit-rows.ts'

interface Fixture {
  source: string
  /** 0-based rows whose scores are given */
  rows: number[]
  cases: {
    scale: 'none' | 'unit'
    convention: ConventionId
    divisors: number[]
    components: number[][]
    scores: number[][]
    variance: number[]
    loadings?: number[][]
    singular?: number[]
    tSquared?: number[]
  }[]
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf-8')
const iris = read('../../resources/samples/iris.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').slice(0, 4).map(Number))

// Made by scripts/fixtures/make-parity-conventions.py, .R and .m: Octave's pca keeps MATLAB's conventions.
const fixtures = ['sklearn', 'r', 'octave'].map(
  (name) => JSON.parse(read(`fixtures/conventions-${name}.json`)) as Fixture
)

describe.each(fixtures)('iris in the conventions of $source', ({ rows, cases }) => {
  test.each(cases)('$convention, scale $scale', (theirs) => {
    const { summary, components, loadings, scores } = pcaOfRows(iris, { scale: theirs.scale })
    const context: ConventionContext = {
      nSamples: summary.nSamples,
      divisor: 'n-1',
      centre: 'mean',
      scale: theirs.scale,
      weighted: false
    }
    const factors = conventionFactors(theirs.convention, context)
    if (theirs.tSquared) {
      const rowScores = { scores: scores.flat(), nComponents: components.length }
      const t2 = hotellingT2(rowScores, summary.explainedVariance, components.length)
      rows.forEach((row, i) => expect(t2[row]! / theirs.tSquared![i]!).toBeCloseTo(1, 10))
    }
    summary.scale.forEach((divisor, j) => expect(divisor * factors.scale).toBeCloseTo(theirs.divisors[j]!, 12))
    components.forEach((weights, k) => {
      const onAxis = scores.map((row) => row[k]!)
      const sign = conventionSign(theirs.convention, weights, onAxis)
      // R promises no signs: theirs are taken from the first weight.
      const flip = theirs.convention === 'prcomp' ? Math.sign(theirs.components[k]![0]! * weights[0]!) : sign
      expect(summary.explainedVariance[k]! * factors.variance).toBeCloseTo(theirs.variance[k]!, 12)
      weights.forEach((weight, j) => expect(weight * flip).toBeCloseTo(theirs.components[k]![j]!, 11))
      rows.forEach((row, i) => expect(onAxis[row]! * factors.scores * flip).toBeCloseTo(theirs.scores[i]![k]!, 11))
      if (theirs.singular) expect(summary.singularValues[k]! * factors.singular).toBeCloseTo(theirs.singular[k]!, 11)
      theirs.loadings?.forEach((row, j) => expect(loadings[j]![k]! * factors.loadings * flip).toBeCloseTo(row[k]!, 11))
    })
  })
})

test('scores of a standardized table in FactoMineR are √(n/(n − 1)) as large', () => {
  const context: ConventionContext = { nSamples: 150, divisor: 'n-1', centre: 'mean', scale: 'unit', weighted: false }
  expect(conventionFactors('factominer', context).scores).toBeCloseTo(Math.sqrt(150 / 149), 15)
})
