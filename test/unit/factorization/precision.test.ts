import { describe, expect, test } from 'vitest'
import { totalLoss } from '../../../core/analyses/factorization/loss-parts.ts'
import { penaltyFor, sweepAls } from '../../../core/analyses/factorization/als.ts'
import { groupRatings, type RatingCells } from '../../../core/analyses/factorization/cells.ts'
import { describeRatings, measureErrors } from '../../../core/analyses/factorization/metrics.ts'
import { createModel, drawFactors, type FactorModel } from '../../../core/analyses/factorization/model.ts'
import { ialsProblem } from '../../../core/analyses/factorization/models/ials.ts'
import { lossOfImplicit, sweepImplicit } from '../../../core/analyses/factorization/models/implicit.ts'
import { factorScorer } from '../../../core/analyses/factorization/scorers/factor-scorer.ts'
import { precisionOf } from '../../../core/analyses/factorization/sweeps.ts'
import type { Precision } from '../../../core/linalg/kernels/rows-kernels.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { powerLawRatings } from '../../bench/data.ts'
import { noPace } from './build.ts'

const [N_USERS, N_ITEMS] = [600, 400]

/** Ratings of a power law, each fifth held out. */
function draw(): { train: RatingCells; test: RatingCells } {
  const { rowStarts, columnIndexes, values } = powerLawRatings(N_USERS, N_ITEMS, 30_000)
  const users = new Int32Array(values.length)
  for (let u = 0; u < N_USERS; u++) users.fill(u, rowStarts[u], rowStarts[u + 1])
  const pick = (keep: (t: number) => boolean): RatingCells => ({
    userIndex: users.filter((_, t) => keep(t)),
    itemIndex: columnIndexes.filter((_, t) => keep(t)),
    values: values.filter((_, t) => keep(t))
  })
  return { train: pick((t) => t % 5 !== 0), test: pick((t) => t % 5 === 0) }
}

const { train, test: held } = draw()
const { mean, deviation } = describeRatings(train.values)
const byUser = groupRatings(train.userIndex, train.itemIndex, train.values, N_USERS)
const byItem = groupRatings(train.itemIndex, train.userIndex, train.values, N_ITEMS)
const set = { cells: train, byUser, byItem, mean, deviation }

function startModel(nFactors: number, globalMean: number): FactorModel {
  const model = createModel(N_USERS, N_ITEMS, nFactors, globalMean)
  drawFactors(model.userFactors, 0.3, new SeededRandom(1))
  return model
}

describe('sweeps in single precision', () => {
  test('of ALS, the last users in doubles, predict what doubles do, to 1e-6 in RMSE', () => {
    const penalty = penaltyFor(3, deviation)
    const rmseOf = (early: Precision): number => {
      const model = startModel(20, mean)
      for (let sweep = 0; sweep < 10; sweep++) sweepAls(model, byUser, byItem, penalty, noPace, [early, early])
      sweepAls(model, byUser, byItem, penalty, noPace, [early, 'double'])
      return measureErrors(factorScorer(model), held, [1, 5]).rmse
    }
    const exact = rmseOf('double')
    expect(exact).toBeLessThan(deviation)
    expect(Math.abs(rmseOf('single') - exact)).toBeLessThan(1e-6)
  })

  test('of iALS, the last users in doubles, lower what they minimize as far, to 1e-6 of it, and never raise it', () => {
    const problem = ialsProblem(set, { regularization: 0.02, unobservedWeight: 0.1, countExponent: 1 })
    const lossesOf = (early: Precision): number[] => {
      const model = startModel(16, 0)
      return Array.from({ length: 11 }, (_, sweep) => {
        sweepImplicit(model, problem, noPace, unwatched, [early, sweep < 10 ? early : 'double'])
        return totalLoss(lossOfImplicit(model, problem, noPace))
      })
    }
    const [exact, single] = [lossesOf('double'), lossesOf('single')]
    single.forEach((loss, sweep) => {
      expect(Math.abs(loss / exact[sweep]! - 1)).toBeLessThan(1e-6)
      if (sweep > 0) expect(loss).toBeLessThanOrEqual(single[sweep - 1]! * (1 + 1e-9))
    })
  })

  test('small tables, and what is solved last of large ones, are in doubles', () => {
    const large = { cells: { ...train, values: new Float64Array(200_000) } }
    const single = ['single', 'single']
    const double = ['double', 'double']
    expect([1, 2, 3].map((sweep) => precisionOf(sweep, 3, large))).toEqual([single, single, ['single', 'double']])
    expect([1, 2, 3].map((sweep) => precisionOf(sweep, 3, set))).toEqual([double, double, double])
  })
})
