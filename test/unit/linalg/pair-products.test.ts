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

test('rows by their offsets are the rows written out, round after round', () => {
  // more pairs than one round has; the first row, one within and the last are empty
  const lengths = [0, 700_000, 1, 0, 650_000, 2, 0]
  const offsets = Int32Array.of(0, ...lengths)
  for (let row = 1; row < offsets.length; row++) offsets[row]! += offsets[row - 1]!
  const rows = Int32Array.from(lengths.flatMap((length, row) => new Array<number>(length).fill(row)))
  const random = new SeededRandom(8)
  const columns = Int32Array.from(rows, () => random.integer(5))
  const [left, right] = [Float64Array.from({ length: 7 }, (_, i) => i + 1), Float64Array.of(1, 10, 100, 1000, 1e4)]
  const told: number[] = []
  let at = 0
  multiplyPairs({ offsets }, columns, left, right, 1, unwatched, (from, products, ofProducts) => {
    expect(from).toBe(at)
    told.push(products.length)
    expect(ofProducts).toEqual(rows.subarray(from, from + products.length))
    expect(products.every((product, t) => product === left[rows[from + t]!]! * right[columns[from + t]!]!)).toBe(true)
    at += products.length
  })
  expect(at).toBe(rows.length)
  expect(told.length).toBeGreaterThan(1)
})

test('the same bits with 1, 2 and 3 threads, and it stops when it is told to', async () => {
  const pairs = generate(50_000, 33, 4)
  const alone = await withTeam(1, () => multiplyAll(pairs))
  expect(await withTeam(2, () => multiplyAll(pairs))).toEqual(alone)
  expect(await withTeam(3, () => multiplyAll(pairs))).toEqual(alone)
  expect(() => multiplyAll(pairs, stoppingAt(1))).toThrow('stopped')
})
