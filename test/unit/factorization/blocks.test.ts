import { describe, expect, test } from 'vitest'
import { blocksOf, noteBlocks } from '../../../core/analyses/factorization/blocks.ts'
import { totalLoss } from '../../../core/analyses/factorization/loss-parts.ts'
import { createModel, drawFactors } from '../../../core/analyses/factorization/model.ts'
import { lossOfWals, sweepWals } from '../../../core/analyses/factorization/wals.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { drawTraining, firstRise, noPace } from './build.ts'

describe('blocks of factors', () => {
  test('up to 128 factors are solved for at once; of more the users of the last sweep, as a fold-in has them', () => {
    expect(blocksOf(1, 3, 128)).toEqual([Infinity, Infinity])
    expect([1, 2, 3].map((sweep) => blocksOf(sweep, 3, 129))).toEqual([
      [64, 64],
      [64, 64],
      [64, Infinity]
    ])
    expect(noteBlocks(128)).toEqual([])
    expect(noteBlocks(129)).toEqual([expect.stringContaining('64 at a time')])
  })

  test('weighted ALS by blocks lowers its loss and ends where the whole does', () => {
    const { byUser, byItem } = drawTraining(9, 8, 0.4, 3)
    const penalty = { regularization: 0.3, unobservedWeight: 0.2 }
    const fit = (block: number): number[] => {
      const model = createModel(9, 8, 5, 0)
      drawFactors(model.userFactors, 0.5, new SeededRandom(4))
      return Array.from({ length: 1500 }, () => {
        sweepWals(model, byUser, byItem, penalty, noPace, undefined, [block, block])
        return totalLoss(lossOfWals(model, byUser, penalty, noPace))
      })
    }
    const [blocks, whole] = [fit(2), fit(Infinity)]
    expect(firstRise(blocks)).toBe(-1)
    expect(blocks[0]!).toBeGreaterThan(whole[0]! + 1e-3)
    expect(blocks.at(-1)!).toBeCloseTo(whole.at(-1)!, 8)
  })
})
