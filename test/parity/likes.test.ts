import { describe, expect, test } from 'vitest'
import { hasRatings, rankLast, splitLast } from '../unit/factorization/last-ratings.ts'

const here = hasRatings('ml-100k')
if (!here) console.warn('skipped: ../shared/data/ml-100k is absent')

describe.skipIf(!here)('MovieLens 100K, the last rating of each user, every rating a like, defaults', () => {
  const split = here ? splitLast('ml-100k') : null
  const rank = (method: Parameters<typeof rankLast>[1]) => rankLast(split!, method)

  test('940 users of 943 have a last film that others rated before', () => {
    expect(rank('popularity').ranking!.model).toMatchObject({ k: 10, nUsers: 940 })
  })

  // What is measured, of EASE too, is told by the case `ranking` of the benchmark. The error of a mean of 940 is about 0.005.
  test('iALS ranks clearly better than popularity and item neighbours, a model of stars worse than popularity', () => {
    const [ials, neighbours, stars] = (['ials', 'itemknn', 'als'] as const).map((method) => rank(method))
    const ndcg = (summary: typeof ials): number => summary!.ranking!.model.ndcg
    const popular = ials!.ranking!.popularity.ndcg
    expect(ndcg(ials)).toBeGreaterThan(1.1 * ndcg(neighbours))
    expect(ndcg(ials)).toBeGreaterThan(1.5 * popular)
    expect(ndcg(stars)).toBeLessThan(popular)
    expect(stars!.notes.join(' ')).toContain('A model fitted to stars ranks poorly')
    expect(ials!.notes.join(' ')).not.toContain('ranks poorly')
  })
})
