import fc from 'fast-check'
import { expect, test } from 'vitest'
import { totalLoss } from '../../../../core/analyses/factorization/loss-parts.ts'
import { lossOfBiases, sweepBiases } from '../../../../core/analyses/factorization/models/bias.ts'
import { createModel } from '../../../../core/analyses/factorization/model.ts'
import { drawTraining, firstRise, largestGradient, noPace } from '../build.ts'

test('at convergence the gradient is zero, by finite differences', () => {
  const set = drawTraining(8, 6, 0.6, 2)
  const model = createModel(8, 6, 0, set.mean)
  for (let sweep = 0; sweep < 500; sweep++) sweepBiases(model, set, noPace)
  const arrays = [model.userBias, model.itemBias]
  const loss = () => totalLoss(lossOfBiases(model, set, noPace))
  expect(Math.hypot(...model.itemBias)).toBeGreaterThan(0.1)
  expect(largestGradient(loss, arrays, 1e-5)).toBeLessThan(1e-6)
  model.itemBias[0]! += 0.01
  expect(largestGradient(loss, arrays, 1e-5)).toBeGreaterThan(1e-3)
})

test('the loss never rises', () => {
  const size = fc.integer({ min: 1, max: 12 })
  fc.assert(
    fc.property(size, size, fc.integer({ min: 0, max: 1000 }), (nUsers, nItems, seed) => {
      const set = drawTraining(nUsers, nItems, 0.4, seed)
      const model = createModel(nUsers, nItems, 0, set.mean)
      const losses = Array.from({ length: 10 }, () => {
        sweepBiases(model, set, noPace)
        return totalLoss(lossOfBiases(model, set, noPace))
      })
      return firstRise(losses) === -1
    }),
    { numRuns: 60, seed: 20241 }
  )
})
