import fc from 'fast-check'
import { expect, test } from 'vitest'
import { multiplyPairs } from '../../../core/linalg/pair-products.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { withTeam } from './team.ts'
import { stoppingAt } from './watches.ts'

function generate(count: number, size: number, seed: number) {
  const random = new SeededRandom(seed)
  const normals = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal())
  const indexes = (below: number): Int32Array => Int32Array.from({ length: count }, () => random.integer(below + 1) - 1)
  return { rows: indexes(30), columns: indexes(20), left: normals(30 * size), right: normals(20 * size), size }
}

function multiplyAll({ rows, columns, left, right, size }: ReturnType<typeof generate>, watch = unwatched): number[] {
  const all: number[] = []
  multiplyPairs(rows, columns, left, right, size, watch, (from, products) => {
    expect(from).toBe(all.length)
    all.push(...products)
  })
  return all
}

test('each product is the sum of its definition; an index below 0 gives 0', () => {
  const sizes = [
    fc.integer({ min: 0, max: 400 }),
    fc.integer({ min: 0, max: 70 }),
    fc.integer({ min: 0, max: 99 })
  ] as const
  fc.assert(
    fc.property(...sizes, (count, size, seed) => {
      const pairs = generate(count, size, seed)
      const found = multiplyAll(pairs)
      expect(found).toHaveLength(count)
      found.forEach((product, t) => {
        const [row, column] = [pairs.rows[t]!, pairs.columns[t]!]
        let expected = 0
        for (let k = 0; row >= 0 && column >= 0 && k < size; k++) {
          expected += pairs.left[row * size + k]! * pairs.right[column * size + k]!
        }
        expect(product).toBeCloseTo(expected, 11)
      })
    }),
    { seed: 5, numRuns: 60 }
  )
})

test('the same bits with 1, 2 and 3 threads, and it stops when it is told to', async () => {
  const pairs = generate(50_000, 33, 4)
  const alone = await withTeam(1, () => multiplyAll(pairs))
  expect(await withTeam(2, () => multiplyAll(pairs))).toEqual(alone)
  expect(await withTeam(3, () => multiplyAll(pairs))).toEqual(alone)
  expect(() => multiplyAll(pairs, stoppingAt(1))).toThrow('stopped')
})
