import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { totalLoss } from '../../../../core/analyses/factorization/loss-parts.ts'
import { createModel, drawFactors, predictCell } from '../../../../core/analyses/factorization/model.ts'
import { hkvProblem } from '../../../../core/analyses/factorization/models/hkv.ts'
import { lossOfImplicit, sweepImplicit } from '../../../../core/analyses/factorization/models/implicit.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { unwatched } from '../../../../core/linalg/watch.ts'
import { drawTraining, firstRise, noPace, solveWeightedRidge } from '../build.ts'

const penalty = { regularization: 0.4, alpha: 2 }

function startModel(nUsers: number, nItems: number, nFactors: number, seed: number) {
  const model = createModel(nUsers, nItems, nFactors, 0)
  drawFactors(model.userFactors, 0.5, new SeededRandom(seed))
  return model
}

/** Preference 1 with confidence 1 + 2·r where there is a count r, 0 with confidence 1 elsewhere. */
function denseConfidence(set: ReturnType<typeof drawTraining>, nUsers: number, nItems: number): number[][] {
  const confidence = Array.from({ length: nUsers }, () => new Array<number>(nItems).fill(1))
  set.cells.values.forEach((r, t) => (confidence[set.cells.userIndex[t]!]![set.cells.itemIndex[t]!] = 1 + 2 * r))
  return confidence
}

describe('confidence-weighted least squares (Hu, Koren & Volinsky)', () => {
  test('a solved user is the dense weighted least-squares solution', () => {
    const [nUsers, nItems] = [6, 8]
    const set = drawTraining(nUsers, nItems, 0.3, 11)
    const model = startModel(nUsers, nItems, 3, 12)
    sweepImplicit(model, hkvProblem(set, penalty), noPace, unwatched)
    const design = Array.from({ length: nItems }, (_, item) => [...model.itemFactors.subarray(3 * item, 3 * item + 3)])
    denseConfidence(set, nUsers, nItems).forEach((weights, user) => {
      const targets = weights.map((c) => (c > 1 ? 1 : 0))
      const expected = solveWeightedRidge(design, targets, weights, [0.4, 0.4, 0.4])
      expected.forEach((value, k) => expect(model.userFactors[3 * user + k]!).toBeCloseTo(value, 11))
    })
  })

  test('the loss is the sum over every cell', () => {
    const [nUsers, nItems] = [5, 7]
    const set = drawTraining(nUsers, nItems, 0.3, 21)
    const model = startModel(nUsers, nItems, 2, 22)
    const problem = hkvProblem(set, penalty)
    sweepImplicit(model, problem, noPace, unwatched)
    let expected = 0.4 * (Math.hypot(...model.userFactors) ** 2 + Math.hypot(...model.itemFactors) ** 2)
    denseConfidence(set, nUsers, nItems).forEach((row, user) =>
      row.forEach((c, item) => (expected += c * ((c > 1 ? 1 : 0) - predictCell(model, user, item)) ** 2))
    )
    const parts = lossOfImplicit(model, problem, noPace)
    expect(totalLoss(parts)).toBeCloseTo(expected, 9)
    // Of the blanks, each a zero of weight 1, by the definition.
    let blanks = 0
    denseConfidence(set, nUsers, nItems).forEach((row, user) =>
      row.forEach((c, item) => (blanks += c > 1 ? 0 : predictCell(model, user, item) ** 2))
    )
    expect(parts.blanks).toBeCloseTo(blanks, 9)
  })

  test('the objective never rises', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0.01, 1, 40),
        fc.integer({ min: 0, max: 1000 }),
        (nUsers, nItems, nFactors, alpha, seed) => {
          const problem = hkvProblem(drawTraining(nUsers, nItems, 0.3, seed), { regularization: 0.1, alpha })
          const model = startModel(nUsers, nItems, nFactors, seed)
          const losses = Array.from({ length: 12 }, () => {
            sweepImplicit(model, problem, noPace, unwatched)
            return totalLoss(lossOfImplicit(model, problem, noPace))
          })
          return firstRise(losses) === -1
        }
      ),
      { numRuns: 40, seed: 20243 }
    )
  })
})
