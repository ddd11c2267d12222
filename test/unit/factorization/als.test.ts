import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { totalLoss } from '../../../core/analyses/factorization/loss-parts.ts'
import {
  factorRidge,
  itemSide,
  lossOfAls,
  solveRows,
  sweepAls,
  userSide,
  type AlsPenalty
} from '../../../core/analyses/factorization/als.ts'
import { createModel, drawFactors, predictCell } from '../../../core/analyses/factorization/model.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { drawRatings, firstRise, groupBothWays, largestGradient, noPace, solveWeightedRidge } from './build.ts'

const penalty: AlsPenalty = { factor: 0.3, bias: 2, exponent: 0.5 }

function startModel(nUsers: number, nItems: number, nFactors: number, seed: number) {
  const model = createModel(nUsers, nItems, nFactors, 3)
  const random = new SeededRandom(seed)
  for (const array of [model.itemFactors, model.itemBias, model.userFactors, model.userBias]) {
    drawFactors(array, 0.5, random)
  }
  return model
}

describe('biased alternating least squares', () => {
  test('a solved user equals the dense ridge solution over [factors, bias], and so does an item', () => {
    const cells = drawRatings(7, 9, 0.4, 3)
    const { byUser, byItem } = groupBothWays(cells, 7, 9)
    const model = startModel(7, 9, 3, 4)
    const sides = [
      { grouped: byUser, own: userSide(model), other: itemSide(model) },
      { grouped: byItem, own: itemSide(model), other: userSide(model) }
    ]
    for (const { grouped, own, other } of sides) {
      solveRows(grouped, model.globalMean, own, other, 3, penalty, noPace)
      for (let row = 0; row < grouped.nRows; row++) {
        const places = Array.from(
          { length: grouped.offsets[row + 1]! - grouped.offsets[row]! },
          (_, t) => grouped.offsets[row]! + t
        )
        const design = places.map((t) => [
          ...other.factors.subarray(grouped.columns[t]! * 3, grouped.columns[t]! * 3 + 3),
          1
        ])
        const targets = places.map((t) => grouped.values[t]! - 3 - other.bias[grouped.columns[t]!]!)
        const ridge = factorRidge(penalty, places.length)
        const expected = solveWeightedRidge(
          design,
          targets,
          places.map(() => 1),
          [ridge, ridge, ridge, penalty.bias]
        )
        const solved = [...own.factors.subarray(row * 3, row * 3 + 3), own.bias[row]!]
        solved.forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 11))
      }
    }
  })

  test('the loss is the sum it says it is', () => {
    const cells = drawRatings(5, 4, 0.5, 8)
    const { byUser, byItem } = groupBothWays(cells, 5, 4)
    const model = startModel(5, 4, 2, 9)
    let expected = 0
    cells.values.forEach((value, t) => {
      expected += (value - predictCell(model, cells.userIndex[t]!, cells.itemIndex[t]!)) ** 2
    })
    const addPenalty = (factors: Float64Array, bias: Float64Array, index: Int32Array): void => {
      bias.forEach((b, row) => {
        const count = index.filter((r) => r === row).length
        expected += 0.3 * Math.sqrt(count) * (factors[2 * row]! ** 2 + factors[2 * row + 1]! ** 2) + 2 * b * b
      })
    }
    addPenalty(model.userFactors, model.userBias, cells.userIndex)
    addPenalty(model.itemFactors, model.itemBias, cells.itemIndex)
    expect(totalLoss(lossOfAls(model, byUser, byItem, penalty, noPace))).toBeCloseTo(expected, 9)
  })

  test('the loss never rises', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        fc.integer({ min: 0, max: 1000 }),
        (nUsers, nItems, nFactors, factor, seed) => {
          const { byUser, byItem } = groupBothWays(drawRatings(nUsers, nItems, 0.4, seed), nUsers, nItems)
          const model = startModel(nUsers, nItems, nFactors, seed)
          const own = { ...penalty, factor }
          const losses = Array.from({ length: 15 }, () => {
            sweepAls(model, byUser, byItem, own, noPace)
            return totalLoss(lossOfAls(model, byUser, byItem, own, noPace))
          })
          return firstRise(losses) === -1
        }
      ),
      { numRuns: 60, seed: 20240 }
    )
  })

  test('at convergence the gradient is zero, by finite differences', () => {
    const { byUser, byItem } = groupBothWays(drawRatings(8, 6, 0.6, 2), 8, 6)
    const model = startModel(8, 6, 2, 5)
    for (let sweep = 0; sweep < 3000; sweep++) sweepAls(model, byUser, byItem, penalty, noPace)
    const arrays = [model.userFactors, model.itemFactors, model.userBias, model.itemBias]
    const loss = () => totalLoss(lossOfAls(model, byUser, byItem, penalty, noPace))
    expect(Math.hypot(...model.itemFactors)).toBeGreaterThan(0.1)
    expect(largestGradient(loss, arrays, 1e-5)).toBeLessThan(1e-6)
    model.itemFactors[0]! += 0.01
    expect(largestGradient(loss, arrays, 1e-5)).toBeGreaterThan(1e-3)
  })

  test('a row without ratings becomes zero', () => {
    const cells = { userIndex: Int32Array.of(0, 0), itemIndex: Int32Array.of(0, 2), values: Float64Array.of(4, 2) }
    const { byUser, byItem } = groupBothWays(cells, 2, 3)
    const model = startModel(2, 3, 2, 5)
    sweepAls(model, byUser, byItem, penalty, noPace)
    expect([...model.userFactors.subarray(2, 4), model.userBias[1]]).toEqual([0, 0, 0])
    expect([...model.itemFactors.subarray(2, 4), model.itemBias[1]]).toEqual([0, 0, 0])
  })
})
