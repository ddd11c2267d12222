import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { totalLoss } from '../../../../core/analyses/factorization/loss-parts.ts'
import { groupRatings } from '../../../../core/analyses/factorization/cells.ts'
import { createModel, drawFactors, predictCell } from '../../../../core/analyses/factorization/model.ts'
import { ialsProblem } from '../../../../core/analyses/factorization/models/ials.ts'
import { lossOfImplicit, sweepImplicit } from '../../../../core/analyses/factorization/models/implicit.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { unwatched } from '../../../../core/linalg/watch.ts'
import { drawTraining, firstRise, largestGradient, noPace, solveWeightedRidge } from '../build.ts'

const penalty = { regularization: 0.05, unobservedWeight: 0.1, countExponent: 0.7 }

function startModel(nUsers: number, nItems: number, nFactors: number, seed: number) {
  const model = createModel(nUsers, nItems, nFactors, 0)
  const random = new SeededRandom(seed)
  drawFactors(model.userFactors, 0.5, random)
  drawFactors(model.itemFactors, 0.5, random)
  return model
}

describe('iALS', () => {
  test('a solved user is the dense weighted least-squares solution over all items', () => {
    const [nUsers, nItems, size] = [6, 9, 3]
    const set = drawTraining(nUsers, nItems, 0.3, 11)
    const model = startModel(nUsers, nItems, size, 12)
    sweepImplicit(model, ialsProblem(set, penalty), noPace, unwatched)
    const rows = Array.from({ length: nItems }, (_, item) => [...model.itemFactors.subarray(3 * item, 3 * item + 3)])
    for (let user = 0; user < nUsers; user++) {
      const liked = [...set.byUser.columns.subarray(set.byUser.offsets[user], set.byUser.offsets[user + 1])]
      // Every liked item is a row with target 1 and weight 1, and every item, liked or not, one with target 0 and weight α₀.
      const design = [...liked.map((item) => rows[item]!), ...rows]
      const targets = [...liked.map(() => 1), ...rows.map(() => 0)]
      const weights = [...liked.map(() => 1), ...rows.map(() => 0.1)]
      const ridge = 0.05 * (liked.length + 0.1 * nItems) ** 0.7
      const expected = solveWeightedRidge(design, targets, weights, [ridge, ridge, ridge])
      expected.forEach((value, k) => expect(model.userFactors[3 * user + k]!).toBeCloseTo(value, 11))
    }
  })

  test('the loss is the sum over every cell', () => {
    const [nUsers, nItems] = [6, 8]
    const set = drawTraining(nUsers, nItems, 0.3, 21)
    const model = startModel(nUsers, nItems, 2, 22)
    const has = Array.from({ length: nUsers }, () => new Array<boolean>(nItems).fill(false))
    set.cells.userIndex.forEach((user, t) => (has[user]![set.cells.itemIndex[t]!] = true))
    let expected = 0
    for (let u = 0; u < nUsers; u++) {
      const count = has[u]!.filter(Boolean).length
      expected +=
        0.05 * (count + 0.1 * nItems) ** 0.7 * Math.hypot(...model.userFactors.subarray(2 * u, 2 * u + 2)) ** 2
      for (let i = 0; i < nItems; i++) {
        const score = predictCell(model, u, i)
        expected += 0.1 * score ** 2 + (has[u]![i] ? (score - 1) ** 2 : 0)
      }
    }
    for (let i = 0; i < nItems; i++) {
      const count = has.filter((row) => row[i]).length
      expected +=
        0.05 * (count + 0.1 * nUsers) ** 0.7 * Math.hypot(...model.itemFactors.subarray(2 * i, 2 * i + 2)) ** 2
    }
    expect(totalLoss(lossOfImplicit(model, ialsProblem(set, penalty), noPace))).toBeCloseTo(expected, 10)
  })

  test('the objective never rises', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 0.01, 0.3, 1),
        fc.constantFrom(0, 0.5, 1),
        fc.integer({ min: 0, max: 1000 }),
        (nUsers, nItems, nFactors, unobservedWeight, countExponent, seed) => {
          const set = drawTraining(nUsers, nItems, 0.3, seed)
          const model = startModel(nUsers, nItems, nFactors, seed)
          const problem = ialsProblem(set, { regularization: 0.1, unobservedWeight, countExponent })
          const losses = Array.from({ length: 12 }, () => {
            sweepImplicit(model, problem, noPace, unwatched)
            return totalLoss(lossOfImplicit(model, problem, noPace))
          })
          return firstRise(losses) === -1
        }
      ),
      { numRuns: 60, seed: 20242 }
    )
  })

  test('nor does it when blocks of factors are solved for, whose end is that of solving for all at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0, 0.01, 0.3, 1),
        fc.integer({ min: 0, max: 1000 }),
        (block, unobservedWeight, seed) => {
          const set = drawTraining(8, 7, 0.3, seed)
          const problem = ialsProblem(set, { regularization: 0.1, unobservedWeight, countExponent: 0.5 })
          const model = startModel(8, 7, 6, seed)
          const losses = Array.from({ length: 12 }, () => {
            sweepImplicit(model, problem, noPace, unwatched, undefined, [block, block])
            return totalLoss(lossOfImplicit(model, problem, noPace))
          })
          return firstRise(losses) === -1
        }
      ),
      { numRuns: 40, seed: 20243 }
    )
    const set = drawTraining(7, 6, 0.3, 31)
    const problem = ialsProblem(set, penalty)
    const [blocks, whole, once] = [startModel(7, 6, 4, 32), startModel(7, 6, 4, 32), startModel(7, 6, 4, 32)]
    for (let sweep = 0; sweep < 3000; sweep++) {
      sweepImplicit(blocks, problem, noPace, unwatched, undefined, [2, 2])
      sweepImplicit(whole, problem, noPace, unwatched)
      sweepImplicit(once, problem, noPace, unwatched, undefined, [4, 4])
    }
    const loss = () => totalLoss(lossOfImplicit(blocks, problem, noPace))
    expect(largestGradient(loss, [blocks.userFactors, blocks.itemFactors], 1e-5)).toBeLessThan(1e-6)
    expect(loss()).toBeCloseTo(totalLoss(lossOfImplicit(whole, problem, noPace)), 9)
    whole.userFactors.forEach((value, k) => expect(once.userFactors[k]!).toBeCloseTo(value, 9))
    // What was solved for all at once stays where it is.
    const rested = { ...whole, userFactors: whole.userFactors.slice(), itemFactors: whole.itemFactors.slice() }
    sweepImplicit(rested, problem, noPace, unwatched, undefined, [2, 2])
    whole.userFactors.forEach((value, k) => expect(rested.userFactors[k]!).toBeCloseTo(value, 9))
  })

  test('at convergence the gradient is zero, by finite differences', () => {
    const set = drawTraining(7, 6, 0.3, 31)
    const model = startModel(7, 6, 2, 32)
    const problem = ialsProblem(set, penalty)
    for (let sweep = 0; sweep < 3000; sweep++) sweepImplicit(model, problem, noPace, unwatched)
    const arrays = [model.userFactors, model.itemFactors]
    const loss = () => totalLoss(lossOfImplicit(model, problem, noPace))
    expect(Math.hypot(...model.itemFactors)).toBeGreaterThan(0.1)
    expect(largestGradient(loss, arrays, 1e-5)).toBeLessThan(1e-6)
    model.userFactors[0]! += 0.01
    expect(largestGradient(loss, arrays, 1e-5)).toBeGreaterThan(1e-3)
  })

  test('a user without a like is at the origin, whatever a blank weighs', () => {
    const set = drawTraining(3, 4, 0.5, 41)
    const byUser = groupRatings(set.cells.userIndex, set.cells.itemIndex, set.cells.values, 4)
    for (const unobservedWeight of [0, 0.1]) {
      const model = startModel(4, 4, 2, 42)
      const problem = ialsProblem({ ...set, byUser }, { regularization: 0.1, unobservedWeight, countExponent: 1 })
      sweepImplicit(model, problem, noPace, unwatched)
      expect([...model.userFactors.subarray(6)].map((x) => x + 0)).toEqual([0, 0])
      expect(Math.hypot(...model.userFactors)).toBeGreaterThan(0)
    }
  })
})
