import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { totalLoss } from '../../../core/analyses/factorization/loss-parts.ts'
import { createModel, drawFactors } from '../../../core/analyses/factorization/model.ts'
import {
  gramOf,
  lossOfWals,
  solveWeightedRows,
  startWals,
  sweepWals
} from '../../../core/analyses/factorization/wals.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { drawRatings, firstRise, groupBothWays, largestGradient, noPace, solveWeightedRidge } from './build.ts'

const penalty = { regularization: 0.2, unobservedWeight: 0.1 }

function startModel(nUsers: number, nItems: number, nFactors: number, seed: number) {
  const model = createModel(nUsers, nItems, nFactors, 0)
  const random = new SeededRandom(seed)
  drawFactors(model.itemFactors, 0.5, random)
  drawFactors(model.userFactors, 0.5, random)
  return model
}

/** Every cell of the table: its rating (0 where none) and its weight. */
function denseCells(cells: ReturnType<typeof drawRatings>, nUsers: number, nItems: number, blank: number) {
  const values = Array.from({ length: nUsers }, () => new Array<number>(nItems).fill(0))
  const weights = Array.from({ length: nUsers }, () => new Array<number>(nItems).fill(blank))
  cells.values.forEach((value, t) => {
    values[cells.userIndex[t]!]![cells.itemIndex[t]!] = value
    weights[cells.userIndex[t]!]![cells.itemIndex[t]!] = 1
  })
  return { values, weights }
}

describe('weighted alternating least squares', () => {
  test('a solved user equals the dense weighted least-squares solution over all items', () => {
    const cells = drawRatings(6, 8, 0.3, 11)
    const { byUser } = groupBothWays(cells, 6, 8)
    const model = startModel(6, 8, 3, 12)
    solveWeightedRows(byUser, model.userFactors, model.itemFactors, 3, penalty, noPace)
    const { values, weights } = denseCells(cells, 6, 8, penalty.unobservedWeight)
    const design = Array.from({ length: 8 }, (_, item) => [...model.itemFactors.subarray(3 * item, 3 * item + 3)])
    for (let user = 0; user < 6; user++) {
      const expected = solveWeightedRidge(design, values[user]!, weights[user]!, [0.2, 0.2, 0.2])
      expected.forEach((value, k) => expect(model.userFactors[3 * user + k]!).toBeCloseTo(value, 11))
    }
  })

  test('the loss equals the sum over every cell', () => {
    const cells = drawRatings(6, 8, 0.3, 21)
    const { byUser } = groupBothWays(cells, 6, 8)
    const model = startModel(6, 8, 2, 22)
    const { values, weights } = denseCells(cells, 6, 8, penalty.unobservedWeight)
    let expected = 0.2 * (Math.hypot(...model.userFactors) ** 2 + Math.hypot(...model.itemFactors) ** 2)
    for (let u = 0; u < 6; u++) {
      for (let i = 0; i < 8; i++) {
        const dot =
          model.userFactors[2 * u]! * model.itemFactors[2 * i]! +
          model.userFactors[2 * u + 1]! * model.itemFactors[2 * i + 1]!
        expected += weights[u]![i]! * (values[u]![i]! - dot) ** 2
      }
    }
    expect(totalLoss(lossOfWals(model, byUser, penalty, noPace))).toBeCloseTo(expected, 9)
  })

  test('the loss never rises, from no weight for a blank to full weight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0, 0.01, 0.1, 0.5, 1),
        fc.integer({ min: 0, max: 1000 }),
        (nUsers, nItems, nFactors, unobservedWeight, seed) => {
          const { byUser, byItem } = groupBothWays(drawRatings(nUsers, nItems, 0.3, seed), nUsers, nItems)
          const model = startModel(nUsers, nItems, nFactors, seed)
          const own = { regularization: 0.1, unobservedWeight }
          const losses = Array.from({ length: 15 }, () => {
            sweepWals(model, byUser, byItem, own, noPace)
            return totalLoss(lossOfWals(model, byUser, own, noPace))
          })
          return firstRise(losses) === -1
        }
      ),
      { numRuns: 60, seed: 20241 }
    )
  })

  test('at convergence the gradient is zero, by finite differences', () => {
    const { byUser, byItem } = groupBothWays(drawRatings(7, 6, 0.3, 31), 7, 6)
    const model = startModel(7, 6, 2, 32)
    startWals(model, byUser, byItem, penalty.regularization, new SeededRandom(1), noPace)
    for (let sweep = 0; sweep < 3000; sweep++) sweepWals(model, byUser, byItem, penalty, noPace)
    const arrays = [model.userFactors, model.itemFactors]
    const loss = () => totalLoss(lossOfWals(model, byUser, penalty, noPace))
    expect(Math.hypot(...model.itemFactors)).toBeGreaterThan(0.1)
    expect(largestGradient(loss, arrays, 1e-5)).toBeLessThan(1e-6)
    model.userFactors[0]! += 0.01
    expect(largestGradient(loss, arrays, 1e-5)).toBeGreaterThan(1e-3)
  })

  test('with every cell weighing 1 the fit is the singular values lowered by λ', () => {
    // ‖R − PQᵀ‖² + λ(‖P‖² + ‖Q‖²) is minimized by U (S − λ)₊ Vᵀ (Srebro, Rennie & Jaakkola 2004; Mazumder, Hastie &
    // Tibshirani 2010, lemma 1). R = [[2, 0], [0, 1]] has singular values 2 and 1, so PQᵀ = diag(1.5, 0.5) for λ = ½.
    const cells = { userIndex: Int32Array.of(0, 1), itemIndex: Int32Array.of(0, 1), values: Float64Array.of(2, 1) }
    const { byUser, byItem } = groupBothWays(cells, 2, 2)
    const model = startModel(2, 2, 2, 3)
    for (let sweep = 0; sweep < 500; sweep++) {
      sweepWals(model, byUser, byItem, { regularization: 0.5, unobservedWeight: 1 }, noPace)
    }
    const dot = (u: number, i: number): number =>
      model.userFactors[2 * u]! * model.itemFactors[2 * i]! +
      model.userFactors[2 * u + 1]! * model.itemFactors[2 * i + 1]!
    expect([dot(0, 0), dot(0, 1), dot(1, 0), dot(1, 1)].map((x) => Math.round(x * 1e8) / 1e8 + 0)).toEqual([
      1.5, 0, 0, 0.5
    ])
  })

  test('gramOf is FᵀF', () => {
    expect([...gramOf(Float64Array.of(1, 2, 3, 4, 5, 6), 2, noPace)]).toEqual([35, 44, 44, 56])
  })
})
