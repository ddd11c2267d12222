import { describe, expect, it } from 'vitest'
import { unwatched } from '../../../core/linalg/watch.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { SHUFFLE_TASKS } from '../../../core/linalg/kernels/shuffle-kernels.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { countAbove } from '../../../core/stats/component-criteria.ts'
import { parallelAnalysis } from '../../../core/stats/parallel-analysis.ts'
import { pcaOfTable, tableOf } from '../pca/fit-rows.ts'
import { withTeam } from '../linalg/team.ts'
import { factorTable, prepare, spectrumOf } from './prepared-tables.ts'

const options = { permutations: 60, percent: 95, seed: 3 }

/** For each column, which row each of its cells comes from in the first permutation of a seed. */
function permutationsOf(seed: number, n: number, p: number): number[][] {
  const { memory } = kernels()
  return memory.frame(() => {
    const cells = memory.allocate(n * p)
    cells.forEach((_, at) => (cells[at] = at % n))
    const states = memory.allocateIntegers(4 * p)
    const random = new SeededRandom(seed)
    for (let at = 0; at < states.length; at++) states[at] = random.integer(2 ** 32)
    kernels().share(SHUFFLE_TASKS.columns, [n, cells.byteOffset, states.byteOffset], p)
    return Array.from({ length: p }, (_, j) => Array.from(cells.subarray(j * n, (j + 1) * n)))
  })
}

describe('the order of columns', () => {
  it('is every one equally often, and what is in them stays', () => {
    const { memory } = kernels()
    memory.frame(() => {
      const column = memory.allocate(4)
      const states = memory.allocateIntegers(4)
      states.set([1, 2, 3, 4])
      const seen = new Map<string, number>()
      const rounds = 24_000
      for (let round = 0; round < rounds; round++) {
        column.set([1, 2, 3, 4])
        kernels().share(SHUFFLE_TASKS.columns, [4, column.byteOffset, states.byteOffset], 1)
        seen.set(column.join(), (seen.get(column.join()) ?? 0) + 1)
      }
      expect(seen.size).toBe(24)
      // χ² with 23 degrees of freedom stays below 49.73 in 999 of 1000 seeds; this is one seed
      const chi = [...seen.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
      expect(chi).toBeLessThan(49.73)
    })
  })
})

describe('parallel analysis', () => {
  it('is what comes out when columns are permuted one by one in plain sight', () => {
    const [n, p] = [80, 5]
    const z = prepare(factorTable(n, p, 2, 0.7, 5), 'unit')
    const found = parallelAnalysis(z, [n, p], n - 1, { ...options, permutations: 400 }, unwatched)
    const random = new SeededRandom(99)
    const first: number[] = []
    for (let round = 0; round < 400; round++) {
      const permuted = z.slice()
      for (let j = 0; j < p; j++) {
        const order = Int32Array.from({ length: n }, (_, i) => i)
        random.shuffle(order)
        order.forEach((from, to) => (permuted[to * p + j] = z[from * p + j]!))
      }
      first.push(spectrumOf(permuted, n, p)[0]!)
    }
    first.sort((a, b) => a - b)
    // 400 permutations each: the median is known to 0.01, the 95th percentile to 0.03
    expect(Math.abs(found.median[0]! - first[200]!)).toBeLessThan(0.03)
    expect(Math.abs(found.percentile[0]! - first[380]!)).toBeLessThan(0.08)
  })

  // The permutation itself is drawn as the analysis draws it; the fit of the permuted table is the app's own, weights and all.
  it.each([
    ['rows that count alike, unit variance', 'unit', false],
    ['weighted rows, unit variance', 'unit', true],
    ['weighted rows, units kept', 'none', true]
  ] as const)(
    'is the fit of the table whose cells were permuted while weights stayed: %s',
    (_name, scale, weighted) => {
      const [n, p] = [40, 5]
      const rows = factorTable(n, p, 2, 0.7, 13)
      const weightOf = (row: number): number => (weighted ? 0.5 + (row % 4) : 1)
      const columns = ['a', 'b', 'c', 'd', 'e']
      const fit = (given: number[][]) =>
        pcaOfTable(tableOf(given.map((row, i) => [...row, weightOf(i)])), {
          columns,
          scale,
          weight: 'f',
          nComponents: p
        })
      const { summary, result } = fit(rows)
      const z = Float64Array.from(rows.flatMap((row) => row.map((v, j) => (v - summary.mean[j]!) / summary.scale[j]!)))
      const kept = scale === 'unit' ? ('unit' as const) : ('keep' as const)
      const weights = weighted
        ? { weights: Float64Array.from(result.arrays['weights']!.data), preparation: { centre: true, scale: kept } }
        : null
      for (const seed of [1, 2, 3]) {
        const found = parallelAnalysis(z, [n, p], n - 1, { permutations: 1, percent: 95, seed }, unwatched, weights)
        const orders = permutationsOf(seed, n, p)
        const permuted = rows.map((_, i) => Array.from({ length: p }, (__, j) => rows[orders[j]![i]!]![j]!))
        const wanted = fit(permuted).summary.explainedVariance
        found.median.forEach((value, k) => expect(value / wanted[k]!).toBeCloseTo(1, 10))
        expect(wanted[0]).not.toBeCloseTo(summary.explainedVariance[0]!, 3)
      }
    }
  )

  it('keeps the factors there are, and none of noise', () => {
    const [n, p] = [200, 10]
    const table = prepare(factorTable(n, p, 3, 0.5, 11), 'unit')
    const { percentile, median } = parallelAnalysis(table, [n, p], n - 1, options, unwatched)
    expect(countAbove(spectrumOf(table, n, p), percentile)).toBe(3)
    percentile.forEach((value, k) => expect(value).toBeGreaterThanOrEqual(median[k]!))
    // permuting keeps the spread: variances of a permutation add to the number of columns
    expect(median.reduce((sum, value) => sum + value, 0)).toBeCloseTo(p, 0)
  })

  it('answers for fewer rows than columns, and with a constant column', () => {
    const [n, p] = [12, 30]
    const z = prepare(
      factorTable(n, p, 2, 0.5, 2).map((row) => [...row.slice(0, p - 1), 7]),
      'unit'
    )
    const found = parallelAnalysis(z, [n, p], n - 1, options, unwatched)
    expect(found.percentile.length).toBe(n)
    expect([...found.percentile].every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
  })

  it('gives the same bits for the same seed, and others for another', () => {
    const z = prepare(factorTable(30, 4, 1, 1, 8), 'unit')
    const run = (seed: number) => [...parallelAnalysis(z, [30, 4], 29, { ...options, seed }, unwatched).percentile]
    const before = z.slice()
    expect(run(1)).toEqual(run(1))
    expect(run(1)).not.toEqual(run(2))
    expect(z).toEqual(before)
  })

  it('gives the same bits whatever the number of threads', async () => {
    const [n, p] = [9000, 12]
    const z = prepare(factorTable(n, p, 2, 1, 8), 'unit')
    const run = () => parallelAnalysis(z, [n, p], n - 1, { ...options, permutations: 4 }, unwatched)
    const alone = run()
    for (const threads of [2, 3]) expect(await withTeam(threads, run)).toEqual(alone)
  })
})
