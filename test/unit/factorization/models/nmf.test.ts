import fc from 'fast-check'
import { expect, test } from 'vitest'
import { totalLoss } from '../../../../core/analyses/factorization/loss-parts.ts'
import { itemSide, lossOfAls, userSide, type AlsPenalty } from '../../../../core/analyses/factorization/als.ts'
import { createModel } from '../../../../core/analyses/factorization/model.ts'
import { lowerRows, orderFactors } from '../../../../core/analyses/factorization/models/nmf.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { drawTraining, firstRise, largestGradient, noPace } from '../build.ts'

const penalty: AlsPenalty = { factor: 0.1, bias: 2, exponent: 0.5 }

function prepare(nUsers: number, nItems: number, nFactors: number, seed: number) {
  const set = drawTraining(nUsers, nItems, 0.5, seed)
  const model = createModel(nUsers, nItems, nFactors, set.mean)
  const random = new SeededRandom(seed)
  for (const factors of [model.userFactors, model.itemFactors])
    for (let j = 0; j < factors.length; j++) factors[j] = random.uniform()
  const [users, items] = [userSide(model), itemSide(model)]
  return {
    model,
    sweep: () => {
      lowerRows(set.byItem, set.mean, items, users, nFactors, penalty, noPace)
      lowerRows(set.byUser, set.mean, users, items, nFactors, penalty, noPace)
    },
    loss: () => totalLoss(lossOfAls(model, set.byUser, set.byItem, penalty, noPace))
  }
}

test('no factor is ever negative, and the loss never rises', () => {
  const size = fc.integer({ min: 1, max: 12 })
  fc.assert(
    fc.property(size, size, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 1000 }), (...shape) => {
      const { model, sweep, loss } = prepare(...shape)
      const losses = Array.from({ length: 12 }, () => {
        sweep()
        expect([...model.userFactors, ...model.itemFactors].every((value) => value >= 0)).toBe(true)
        return loss()
      })
      return firstRise(losses) === -1
    }),
    { numRuns: 60, seed: 20242 }
  )
})

test('at convergence nothing that is allowed lowers the loss, by finite differences', () => {
  const { model, sweep, loss } = prepare(8, 6, 2, 5)
  for (let pass = 0; pass < 4000; pass++) sweep()
  expect(largestGradient(loss, [model.userBias, model.itemBias], 1e-5)).toBeLessThan(1e-5)
  let positive = 0
  for (const factors of [model.userFactors, model.itemFactors]) {
    for (let j = 0; j < factors.length; j++) {
      const kept = factors[j]!
      const lossAt = (value: number): number => {
        factors[j] = value
        return loss()
      }
      const slope = (lossAt(kept + 1e-5) - lossAt(kept - 1e-5)) / 2e-5
      factors[j] = kept
      // Karush–Kuhn–Tucker: no slope inside, none downwards at zero
      if (kept > 0) expect(Math.abs(slope)).toBeLessThan(1e-5)
      else expect(slope).toBeGreaterThan(-1e-5)
      if (kept > 0) positive++
    }
  }
  expect(positive).toBeGreaterThan(5)
  expect(positive).toBeLessThan(model.userFactors.length + model.itemFactors.length)
})

test('factors are put in order of size, users with items', () => {
  const model = createModel(1, 2, 3, 0)
  model.itemFactors.set([1, 3, 0, 0, 0, 2])
  model.userFactors.set([10, 20, 30])
  expect(orderFactors(model)).toEqual([9 / 14, 4 / 14, 1 / 14])
  expect([...model.itemFactors]).toEqual([3, 0, 1, 0, 2, 0])
  expect([...model.userFactors]).toEqual([20, 30, 10])
})
