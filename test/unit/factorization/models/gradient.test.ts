import { describe, expect, test } from 'vitest'
import { totalLoss } from '../../../../core/analyses/factorization/loss-parts.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { createModel, drawFactors } from '../../../../core/analyses/factorization/model.ts'
import {
  joinImplicit,
  lossOfGradient,
  passGradient,
  startGradient,
  type GradientState
} from '../../../../core/analyses/factorization/models/gradient.ts'
import { drawTraining, noPace, trainingOf } from '../build.ts'

const set = drawTraining(7, 9, 0.5, 3)

function startState(implicit: boolean): GradientState {
  const random = new SeededRandom(4)
  const state = startGradient(createModel(7, 9, 3, set.mean), set, 0.4, implicit, random)
  for (const array of [state.model.userBias, state.model.itemBias]) drawFactors(array, 0.5, random)
  for (const array of [state.own, state.model.itemFactors]) drawFactors(array, 0.7, random)
  if (state.implicit) drawFactors(state.implicit, 0.4, random)
  joinImplicit(state, set.byUser, noPace)
  return state
}

const parametersOf = ({ model, own, implicit }: GradientState): Float64Array[] => [
  model.userBias,
  model.itemBias,
  own,
  model.itemFactors,
  ...(implicit ? [implicit] : [])
]

/** ∂loss/∂x by central differences. */
function slopeAt(state: GradientState, array: Float64Array, j: number): number {
  const kept = array[j]!
  const lossAt = (value: number): number => {
    array[j] = value
    joinImplicit(state, set.byUser, noPace)
    return totalLoss(lossOfGradient(state, set, noPace))
  }
  const slope = (lossAt(kept + 1e-5) - lossAt(kept - 1e-5)) / 2e-5
  lossAt(kept)
  return slope
}

describe.each([
  ['SVD', false],
  ['SVD++', true]
] as const)('%s', (_, implicit) => {
  test('a pass of vanishing steps goes against half the gradient of the stated loss, by finite differences', () => {
    const state = startState(implicit)
    const slopes = parametersOf(state).map((array) => Array.from(array, (_, j) => slopeAt(state, array, j)))
    const before = parametersOf(state).map((array) => array.slice())
    const step = 1e-7
    passGradient(state, set.byUser, Int32Array.of(3, 0, 6, 1, 5, 2, 4), step, noPace)
    parametersOf(state).forEach((array, which) => {
      const unit = which < 2 ? 1 : state.unit
      array.forEach((value, j) => {
        const moved = ((value - before[which]![j]!) / step) * unit
        expect(moved).toBeCloseTo(-slopes[which]![j]! / 2, 3)
      })
    })
    expect(Math.max(...slopes.flat().map(Math.abs))).toBeGreaterThan(5)
  })

  test('a pass over ratings a hundred deviations from all others, and over any penalty, stays within bounds', () => {
    const cells = { ...set.cells, values: set.cells.values.map((value, t) => (t % 50 === 0 ? 352698 : value)) }
    const tailed = trainingOf(cells, 7, 9)
    for (const regularization of [0.1, 1.3, 1000]) {
      const state = startGradient(
        createModel(7, 9, 3, tailed.mean),
        tailed,
        regularization,
        implicit,
        new SeededRandom(4)
      )
      joinImplicit(state, tailed.byUser, noPace)
      const start = totalLoss(lossOfGradient(state, tailed, noPace))
      for (let pass = 0; pass < 40; pass++)
        passGradient(state, tailed.byUser, Int32Array.of(3, 0, 6, 1, 5, 2, 4), 0.03, noPace)
      joinImplicit(state, tailed.byUser, noPace)
      expect(totalLoss(lossOfGradient(state, tailed, noPace))).toBeLessThan(start)
    }
  })

  test('a user without ratings keeps nothing of the sum, and predicts by what is known of it', () => {
    const lonely = { ...set, byUser: { ...set.byUser, nRows: 8, offsets: Int32Array.of(...set.byUser.offsets, 0) } }
    lonely.byUser.offsets[8] = lonely.byUser.offsets[7]!
    const state = startGradient(createModel(8, 9, 3, set.mean), lonely, 0.4, implicit, new SeededRandom(4))
    passGradient(state, lonely.byUser, Int32Array.of(7), 0.1, noPace)
    joinImplicit(state, lonely.byUser, noPace)
    expect(parametersOf(state).every((array) => array.every(Number.isFinite))).toBe(true)
    expect(state.model.userBias[7]).toBe(0)
  })
})
