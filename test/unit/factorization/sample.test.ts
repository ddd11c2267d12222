import { describe, expect, test } from 'vitest'
import type { DatasetShape } from '../../../core/contract/analysis.ts'
import { runFactorization } from '../../../core/analyses/factorization/run.ts'
import { factorizationSpec } from '../../../core/analyses/factorization/spec.ts'
import { buildTable, quiet } from './build.ts'

// The four-users-by-five-movies feedback matrix of issue 2: 1 is watched and liked, a blank is unknown.
const films = ['Harry Potter', 'The Triplets of Belleville', 'Shrek', 'The Dark Knight Rises', 'Memento']
const HARRY_POTTER = 0
const SHREK = 2
const MEMENTO = 4
const likes = [
  [1, null, 1, 1, null],
  [null, 1, null, null, 1],
  [1, 1, 1, null, null],
  [null, null, null, 1, 1]
]
const table = buildTable(
  ['user', ...films],
  likes.map((row, user) => [`user ${user + 1}`, ...row])
)
const shape: DatasetShape = {
  name: '4 users × 5 movies',
  nRows: 4,
  columns: [
    { name: 'user', type: 'text', missing: 0, distinct: 4 },
    ...films.map((name, item) => ({
      name,
      type: 'number' as const,
      missing: likes.filter((row) => row[item] === null).length,
      min: 1,
      max: 1
    }))
  ],
  ratings: { form: 'wide', user: 'user' }
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed)
const fit = (seed: number) => runFactorization(table, { ...factorizationSpec.defaults(shape), seed }, quiet, {})

type Point = [number, number]
const pointsOf = (data: ArrayLike<number>): Point[] =>
  Array.from({ length: data.length / 2 }, (_, j) => [data[2 * j]!, data[2 * j + 1]!])
const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])
const angle = (a: Point, b: Point): number => 1 - (a[0] * b[0] + a[1] * b[1]) / (Math.hypot(...a) * Math.hypot(...b))

describe('the four users and five movies', () => {
  test('open as preferences with two factors', () => {
    expect(factorizationSpec.defaults(shape)).toMatchObject({
      method: 'wals',
      nFactors: 2,
      layout: 'wide',
      items: films
    })
  })

  test.each([
    ['distance', distance],
    ['angle', angle]
  ])(
    'by %s users 1 and 3 are nearest Harry Potter and Shrek, users 2 and 4 nearest Memento, for every seed',
    (_, far) => {
      for (const seed of seeds) {
        const result = fit(seed)
        const users = pointsOf(result.arrays['userFactors']!.data)
        const items = pointsOf(result.arrays['itemFactors']!.data)
        expect(distance(items[HARRY_POTTER]!, items[SHREK]!)).toBeLessThan(1e-9)
        const nearest = users.map((user) =>
          items.map((item, i) => [far(user, item), i] as const).sort((a, b) => a[0] - b[0])
        )
        for (const user of [0, 2]) {
          expect(new Set(nearest[user]!.slice(0, 2).map((pair) => pair[1]))).toEqual(new Set([HARRY_POTTER, SHREK]))
        }
        for (const user of [1, 3]) expect(nearest[user]![0]![1]).toBe(MEMENTO)
      }
    }
  )

  test('the other two films lie between: nearer to both groups of users than the groups’ own films are to the other', () => {
    const items = pointsOf(fit(1).arrays['itemFactors']!.data)
    const apart = angle(items[HARRY_POTTER]!, items[MEMENTO]!)
    for (const between of [1, 3]) {
      expect(angle(items[between]!, items[HARRY_POTTER]!)).toBeLessThan(apart)
      expect(angle(items[between]!, items[MEMENTO]!)).toBeLessThan(apart)
      expect(distance(items[between]!, items[HARRY_POTTER]!)).toBeLessThan(
        distance(items[HARRY_POTTER]!, items[MEMENTO]!)
      )
      expect(distance(items[between]!, items[MEMENTO]!)).toBeLessThan(distance(items[HARRY_POTTER]!, items[MEMENTO]!))
    }
  })

  test('the map is the same whatever the seed', () => {
    const first = fit(seeds[0]!)
    for (const seed of seeds) {
      const other = fit(seed)
      for (const name of ['userFactors', 'itemFactors']) {
        other.arrays[name]!.data.forEach((value, j) => expect(value).toBeCloseTo(first.arrays[name]!.data[j]!, 5))
      }
    }
  })
})
