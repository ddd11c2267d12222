import { describe, expect, test } from 'vitest'
import { createMatrix } from '../../../../../core/linalg/matrix.ts'
import { SeededRandom } from '../../../../../core/linalg/random.ts'
import { unwatched } from '../../../../../core/linalg/watch.ts'
import {
  squaresOfDraw,
  startBayes,
  sweepBayes,
  type BayesSide
} from '../../../../../core/analyses/factorization/models/bayes/gibbs.ts'
import { drawSpread } from '../../../../../core/analyses/factorization/models/bayes/normal-wishart.ts'
import { drawSets, startSets } from '../../../../../core/analyses/factorization/models/bayes/sets.ts'
import { drawTraining, largestGradient, noPace } from '../../build.ts'

/** Every normal number is its mean, so that what is drawn is where its density is highest. */
class StillRandom extends SeededRandom {
  override normal(): number {
    return 0
  }
}

const set = drawTraining(7, 9, 0.5, 3)

/** ½ Σ dᵀΛd over rows d = row − mean − what its set adds. */
function energyOf({ coordinates, spread, sets }: BayesSide, size: number): number {
  let sum = 0
  for (let at = 0; at < coordinates.length; at += size) {
    const d = Array.from({ length: size }, (_, a) => {
      return coordinates[at + a]! - spread!.mean[a]! - (sets ? sets.added[at + a]! : 0)
    })
    d.forEach((x, a) => d.forEach((y, b) => (sum += (x * y * spread!.precision.data[a * size + b]!) / 2)))
  }
  return sum
}

describe.each([
  ['without sets', false],
  ['with sets', true]
] as const)('a sweep %s', (_, sets) => {
  test('draws users about the highest density given the items, by finite differences', () => {
    const state = startBayes(set, 3, sets, new SeededRandom(2))
    for (let sweep = 0; sweep < 3; sweep++) sweepBayes(state, new SeededRandom(sweep), noPace, unwatched)
    const alpha = state.alpha
    sweepBayes(state, new StillRandom(9), noPace, unwatched)
    const density = () => (alpha / 2) * squaresOfDraw(state, noPace) + energyOf(state.users, state.size)
    expect(largestGradient(density, [state.users.coordinates], 1e-5)).toBeLessThan(1e-6)
    state.users.coordinates[0]! += 0.01
    expect(largestGradient(density, [state.users.coordinates], 1e-5)).toBeGreaterThan(1e-3)
  })
})

test('what sets add settles, without noise, where the density is highest, by finite differences', () => {
  const size = 3
  const random = new SeededRandom(5)
  const rows = createMatrix(7, size)
  for (let j = 0; j < rows.data.length; j++) rows.data[j] = random.normal()
  const spread = drawSpread(rows, null, random)
  const link = startSets(7, 9, size)
  for (let pass = 0; pass < 300; pass++) {
    link.strength = 2
    drawSets(link, rows.data, spread, set.byUser, set.byItem, new StillRandom(1), noPace)
  }
  // ½ Σ_u d_uᵀΛd_u + λ/2 Σ_j y_jᵀΛy_j, what the sets add computed anew from y
  const energy = (): number => {
    const added = new Float64Array(rows.data.length)
    for (let user = 0; user < 7; user++) {
      const [from, to] = [set.byUser.offsets[user]!, set.byUser.offsets[user + 1]!]
      for (let t = from; t < to; t++) {
        for (let a = 0; a < size; a++)
          added[user * size + a]! += link.rows.data[set.byUser.columns[t]! * size + a]! / Math.sqrt(to - from)
      }
    }
    const side = { grouped: set.byUser, coordinates: rows.data, spread, sets: { ...link, added } }
    const prior = {
      ...side,
      coordinates: link.rows.data,
      spread: { ...spread, mean: new Float64Array(size) },
      sets: null
    }
    return energyOf(side, size) + 2 * energyOf(prior, size)
  }
  expect(Math.hypot(...link.rows.data)).toBeGreaterThan(0.1)
  expect(largestGradient(energy, [link.rows.data], 1e-5)).toBeLessThan(1e-6)
})

test('the precision of rows that were drawn with a known one is found again, and so is their mean', () => {
  // 4,000 rows of covariance diag(4, 1/4) about (1, −2); what was drawn is off by some √(2/4000) = 2 %.
  const random = new SeededRandom(8)
  const rows = createMatrix(4000, 2)
  for (let row = 0; row < 4000; row++) {
    rows.data[2 * row] = 1 + 2 * random.normal()
    rows.data[2 * row + 1] = -2 + 0.5 * random.normal()
  }
  const draws = Array.from({ length: 40 }, () => drawSpread(rows, null, random))
  const average = (of: (spread: (typeof draws)[0]) => number): number =>
    draws.reduce((sum, spread) => sum + of(spread) / draws.length, 0)
  expect(average(({ mean }) => mean[0]!)).toBeCloseTo(1, 0)
  expect(average(({ mean }) => mean[1]!)).toBeCloseTo(-2, 1)
  expect(Math.abs(average(({ precision }) => precision.data[0]! * 4) - 1)).toBeLessThan(0.06)
  expect(Math.abs(average(({ precision }) => precision.data[3]! / 4) - 1)).toBeLessThan(0.06)
  expect(Math.abs(average(({ precision }) => precision.data[1]!))).toBeLessThan(0.06)
  const { factor, root } = draws[0]!
  // Λ = M·Mᵀ, and the root is M⁻¹
  const product = (i: number, j: number) =>
    factor.data[2 * i]! * root.data[j]! + factor.data[2 * i + 1]! * root.data[2 + j]!
  expect(product(0, 0)).toBeCloseTo(1, 12)
  expect(product(0, 1)).toBeCloseTo(0, 12)
  expect(product(1, 1)).toBeCloseTo(1, 12)
})

test('the mean of drawn precisions is that of the Wishart distribution', () => {
  // Salakhutdinov & Mnih, eq. 14, for two rows of one number, 1 and 3: N = 2, β₀ = 2, ν₀ = 1, W₀ = 1: ν = 3,
  // 1/W = 1 + ((1 − 2)² + (3 − 2)²) + 2·2/(2 + 2)·2² = 7: the mean of Λ is 3/7 and that of μ is 2·2/4 = 1.
  const random = new SeededRandom(3)
  const rows = createMatrix(2, 1)
  rows.data.set([1, 3])
  let precision = 0
  let mean = 0
  for (let draw = 0; draw < 4000; draw++) {
    const spread = drawSpread(rows, null, random)
    precision += spread.precision.data[0]! / 4000
    mean += spread.mean[0]! / 4000
  }
  // A Wishart number of 3 degrees has a deviation of √(2·3)/7 = 0.35: 0.0055 for the mean of 4,000.
  expect(Math.abs(precision - 3 / 7)).toBeLessThan(0.025)
  expect(Math.abs(mean - 1)).toBeLessThan(0.1)
})
