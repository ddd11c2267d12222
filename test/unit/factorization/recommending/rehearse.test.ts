import { describe, expect, test } from 'vitest'
import { recommend } from '../../../../core/analyses/factorization/recommending/answers.ts'
import { rehearse } from '../../../../core/analyses/factorization/recommending/rehearse.ts'
import { fitDrawn, noTimes } from './known.ts'

/** Tells how often the products of all items, or the priors of draws, are asked for. */
function counting(known: ReturnType<typeof fitDrawn>) {
  const asked = { grams: 0, priors: 0 }
  const watched = {
    ...known,
    itemGram: () => {
      asked.grams++
      return known.itemGram()
    },
    priors: () => {
      asked.priors++
      return known.priors()
    }
  }
  return { watched, asked }
}

describe('a rehearsal', () => {
  test.each(['als', 'svdpp', 'nmf', 'wals', 'ials', 'hkv', 'ease', 'itemknn', 'popularity', 'mean'] as const)(
    'of %s places somebody and leaves the model as it was',
    (method) => {
      const known = fitDrawn({ method, nFactors: 2, iterations: 3 })
      const who = { ratings: [{ item: 1, value: 4 }] }
      const answer = () => ({ ...recommend(known, who, 5, { seen: 'exclude' }, noTimes), milliseconds: 0 })
      const before = answer()
      rehearse(known)
      expect(answer()).toEqual(before)
    }
  )

  test('makes what the next person needs', () => {
    const { watched, asked } = counting(fitDrawn({ method: 'ials', nFactors: 2, iterations: 3 }))
    rehearse(watched)
    expect(asked.grams).toBeGreaterThan(0)
  })

  test('of Bayesian factors makes nothing that takes long', () => {
    const { watched, asked } = counting(fitDrawn({ method: 'bpmf', nFactors: 2, samples: 4, burnIn: 2 }))
    rehearse(watched)
    expect(asked).toEqual({ grams: 0, priors: 0 })
  })
})
