import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eigh } from '../../../core/linalg/eigh.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import { nextXoshiro, SeededRandom } from '../../../core/linalg/random.ts'
import { syrk } from '../../../core/linalg/syrk.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { procrustesRotation, signedPermutation } from '../../../core/stats/align-loadings.ts'
import { bootstrapComponents, type BootstrapOptions } from '../../../core/stats/bootstrap-components.ts'
import { drawSamples } from '../../../core/stats/sample-products.ts'
import { withTeam } from '../linalg/team.ts'
import { stoppingAt } from '../linalg/watches.ts'
import { factorTable, prepare, spectrumOf } from './prepared-tables.ts'

/** Loadings of the first k components, p × k, of a prepared table. */
function loadingsOf(z: Float64Array, n: number, p: number, k: number): Float64Array {
  const { w, v } = eigh(syrk(createMatrix(n, p, z), 'columns'))
  return Float64Array.from({ length: p * k }, (_, at) => {
    const component = at % k
    return v.data[Math.floor(at / k) * p + component]! * Math.sqrt(Math.max(0, w[component]!) / (n - 1))
  })
}

const optionsOf = (n: number, given: Partial<BootstrapOptions> = {}): BootstrapOptions => ({
  resamples: 5,
  nVariances: 2,
  seed: 4,
  alignment: 'procrustes',
  preparation: { centre: true, scale: 'unit' },
  divisor: n - 1,
  weights: null,
  ...given
})

describe('alignment', () => {
  it('by Procrustes undoes any rotation', () => {
    const target = Float64Array.of(3, 0, 1, 2, -1, 1, 0, 2)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 6.28, noNaN: true }), (angle) => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)]
        const turned = Float64Array.from(target, (_, at) => {
          const [a, b] = [target[at - (at % 2)]!, target[at - (at % 2) + 1]!]
          return at % 2 === 0 ? c * a - s * b : s * a + c * b
        })
        const t = procrustesRotation(turned, target, 2)
        for (let i = 0; i < 4; i++) {
          const back = turned[2 * i]! * t[0]! + turned[2 * i + 1]! * t[2]!
          expect(back).toBeCloseTo(target[2 * i]!, 10)
        }
      })
    )
  })

  it('by order and sign takes the most alike first', () => {
    expect([...signedPermutation(Float64Array.of(0.1, -0.9, 0.2, 0.3), 2)]).toEqual([0, -1, 1, 0])
  })
})

describe('bootstrap of components', () => {
  const [n, p, k] = [40, 6, 2]
  const rows = factorTable(n, p, 2, 0.5, 21)

  it.each(['unit', 'keep'] as const)('is the PCA of the rows drawn, copied in plain sight (scale: %s)', (scale) => {
    const z = prepare(rows, scale)
    const loadings = loadingsOf(z, n, p, k)
    const found = bootstrapComponents(
      z,
      [n, p],
      loadings,
      optionsOf(n, { preparation: { centre: true, scale } }),
      unwatched
    )
    const random = new SeededRandom(4)
    // A sample has a generator of its own, whose state comes from the seed.
    const states = Array.from({ length: 5 }, () => Uint32Array.from({ length: 4 }, () => random.integer(2 ** 32)))
    for (let sample = 0; sample < 5; sample++) {
      const drawn = Array.from({ length: n }, () => rows[Math.floor((n * nextXoshiro(states[sample]!)) / 2 ** 32)]!)
      const copied = prepare(drawn, scale)
      const spectrum = spectrumOf(copied, n, p)
      const total = spectrum.reduce((sum, value) => sum + value, 0)
      const own = loadingsOf(copied, n, p, k)
      const t = procrustesRotation(own, loadings, k)
      for (let c = 0; c < k; c++) {
        expect(found.variances[sample * k + c]).toBeCloseTo(spectrum[c]!, 9)
        expect(found.shares[sample * k + c]).toBeCloseTo(spectrum[c]! / total, 10)
        for (let j = 0; j < p; j++) {
          const aligned = own[j * k]! * t[c]! + own[j * k + 1]! * t[k + c]!
          expect(found.loadings[(sample * p + j) * k + c]).toBeCloseTo(aligned, 8)
        }
      }
    }
  })

  it('by order and sign keeps the loadings as they are, but for order and sign', () => {
    const z = prepare(rows, 'unit')
    const loadings = loadingsOf(z, n, p, k)
    const found = bootstrapComponents(z, [n, p], loadings, optionsOf(n, { alignment: 'permutation' }), unwatched)
    for (let sample = 0; sample < 5; sample++) {
      for (let c = 0; c < k; c++) {
        let [squares, alike] = [0, 0]
        for (let j = 0; j < p; j++) {
          const entry = found.loadings[(sample * p + j) * k + c]!
          squares += entry ** 2
          alike += entry * loadings[j * k + c]!
        }
        expect(squares).toBeCloseTo(found.variances[sample * k + c]!, 10)
        expect(alike).toBeGreaterThan(0)
        expect(found.agreement[sample * k + c]).toBeLessThanOrEqual(1 + 1e-12)
      }
    }
  })

  it('weighs rows: twice the weight is the row twice', () => {
    const z = prepare(rows, 'keep')
    const loadings = loadingsOf(z, n, p, k)
    const even = bootstrapComponents(z, [n, p], loadings, optionsOf(n), unwatched)
    const same = bootstrapComponents(
      z,
      [n, p],
      loadings,
      optionsOf(n, { weights: new Float64Array(n).fill(1) }),
      unwatched
    )
    even.loadings.forEach((value, at) => expect(same.loadings[at]).toBeCloseTo(value, 12))
  })

  it('answers for fewer rows than columns, one component, constant columns; same seed, same bits', () => {
    const wide = prepare(
      factorTable(6, 15, 1, 0.4, 2).map((row) => [...row.slice(0, 14), 1]),
      'unit'
    )
    const loadings = loadingsOf(wide, 6, 15, 1)
    const run = () =>
      bootstrapComponents(wide, [6, 15], loadings, optionsOf(6, { resamples: 40, nVariances: 3 }), unwatched)
    const found = run()
    for (const array of Object.values(found) as Float64Array[]) expect([...array].every(Number.isFinite)).toBe(true)
    expect(run()).toEqual(found)
  })

  it.each([
    ['a narrow table', 300, 8],
    ['a table of more columns than are summed up at once', 260, 200],
    ['fewer rows than columns', 20, 50]
  ])('counts a row of %s as often as its weight says, whatever their sum', (_name, n, p) => {
    const z = prepare(factorTable(n, p, 2, 0.5, 7), 'keep')
    const loadings = loadingsOf(z, n, p, 2)
    const weights = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 0.5 : 1.5))
    const options = optionsOf(n, { preparation: { centre: true, scale: 'keep' } })
    const run = (given: Float64Array | null) =>
      bootstrapComponents(z, [n, p], loadings, { ...options, weights: given }, unwatched).variances
    const once = run(weights)
    run(weights.map((weight) => 3 * weight)).forEach((value, at) => expect(value / once[at]!).toBeCloseTo(1, 10))
    expect(Math.abs(run(null)[0]! / once[0]! - 1)).toBeGreaterThan(1e-4)
  })

  it('draws every row as often as every other', () => {
    const { memory } = kernels()
    memory.frame(() => {
      const counts = drawSamples(new SeededRandom(3), 200, 50, unwatched)
      const ofRows = new Float64Array(50)
      counts.forEach((count, at) => (ofRows[at % 50]! += count))
      for (let sample = 0; sample < 200; sample++) {
        expect(counts.subarray(50 * sample, 50 * (sample + 1)).reduce((sum, count) => sum + count, 0)).toBe(50)
      }
      // Pearson's χ² of 49 degrees of freedom stays below 85.35 in 99.9 % of all seeds (R: qchisq(0.999, 49)).
      expect(ofRows.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0)).toBeLessThan(85.35)
    })
  })

  it('stops between two samples and gives its memory back', () => {
    const z = prepare(factorTable(400, 5, 2, 0.5, 7), 'keep')
    const before = kernels().memory.free
    const work = () =>
      bootstrapComponents(z, [400, 5], loadingsOf(z, 400, 5, 2), optionsOf(400, { resamples: 300 }), stoppingAt(40))
    expect(work).toThrow('stopped')
    expect(kernels().memory.free).toBe(before)
  })

  it('gives the same bits whatever the number of threads', async () => {
    const [n, p] = [70_000, 12]
    const z = prepare(factorTable(n, p, 3, 0.5, 4), 'unit')
    const loadings = loadingsOf(z, n, p, 3)
    const run = () => bootstrapComponents(z, [n, p], loadings, optionsOf(n, { resamples: 3, nVariances: 5 }), unwatched)
    const alone = run()
    expect(await withTeam(2, run)).toEqual(alone)
  })
})
