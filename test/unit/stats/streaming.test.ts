import { expect, test } from 'vitest'
import { Kernels, kernels, useKernels } from '../../../core/linalg/kernels/kernels.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { columnRows } from '../../../core/linalg/row-source.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { centredRows } from '../../../core/stats/centred-rows.ts'
import { columnMoments } from '../../../core/stats/moments.ts'
import { fitPrincipalComponents, type PrincipalComponents } from '../../../core/stats/principal-components.ts'
import { chooseSolver, type PcaSolver } from '../../../core/stats/pca-solver.ts'

/** Columns with three strong factors, far from 0. */
function table(rows: number, columns: number): Float64Array[] {
  const random = new SeededRandom(8)
  const factors = Array.from({ length: 3 }, () => Float64Array.from({ length: rows }, () => random.normal()))
  return Array.from({ length: columns }, (_, j) => {
    const values = new Float64Array(rows)
    for (let i = 0; i < rows; i++) {
      values[i] =
        100 + 5 * factors[j % 3]![i]! + 2 * factors[(j * j) % 3]![i]! + ((i * 7919 + j * 104729) % 1009) / 1009
    }
    return values
  })
}

function fit(columns: Float64Array[], solver: PcaSolver, bytesLeft: number | null): PrincipalComponents {
  useKernels(new Kernels())
  const { memory } = kernels()
  // Reserved, not touched: it takes no real memory.
  while (bytesLeft !== null && memory.free > bytesLeft) {
    memory.allocate(Math.floor(Math.min(memory.free - bytesLeft + 64, 2 ** 30) / 8))
  }
  try {
    const names = columns.map((_, j) => `c${j}`)
    const choice = chooseSolver(columns[0]!.length, columns.length, 3, solver)
    const options = { unitVariance: false, choice, seed: 1 }
    return memory.frame(() =>
      fitPrincipalComponents(columnRows(columns, null, null), names, 3, options, () => unwatched)
    )
  } finally {
    useKernels(undefined)
  }
}

test.each<[PcaSolver, number, number]>([
  ['eigh-covariance', 90_000, 200],
  ['eigh-gram', 300, 60_000],
  ['krylov', 90_000, 200],
  ['randomized', 90_000, 200]
])('%s of a %d × %d table that does not fit: the components of one that does', (solver, rows, columns) => {
  const data = table(rows, columns)
  // The table alone is 137 MiB; a piece of it and its centred copy take 64 MiB each.
  const apart = fit(data, solver, 260 * 2 ** 20)
  const whole = fit(data, solver, null)
  for (let k = 0; k < 3; k++) {
    expect(Math.abs(apart.spectrum[k]! / whole.spectrum[k]! - 1)).toBeLessThan(1e-12)
  }
  const distance = (a: Float64Array, b: Float64Array): number =>
    a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0)
  expect(distance(apart.components, whole.components)).toBeLessThan(1e-9)
  expect(distance(apart.scores, whole.scores) / Math.sqrt(whole.spectrum[0]!)).toBeLessThan(1e-9)
  expect(apart.certificate.residual).toBeLessThan(solver === 'randomized' ? 1e6 : 10)
})

test('a matrix of products that cannot fit is refused before anything is read, with the number', () => {
  const data = Array.from({ length: 12_000 }, () => Float64Array.of(1, 2, 4))
  try {
    fit(data, 'eigh-covariance', null)
  } catch (error) {
    expect(error).toBeInstanceOf(EigendeskError)
    expect((error as EigendeskError).data).toMatchObject({
      code: 'OUT_OF_MEMORY',
      message: expect.stringContaining('4.3 GiB')
    })
    return
  }
  expect.unreachable()
})

test('rows are kept centred only where room is left for what follows', () => {
  useKernels(new Kernels())
  const { memory } = kernels()
  memory.frame(() => {
    const source = columnRows([Float64Array.of(1, 2, 4), Float64Array.of(0, 5, 1)], null, null)
    const moments = columnMoments(source, false)
    const kept = (needed: number): boolean =>
      memory.frame(() => centredRows(source, moments, Float64Array.of(1, 1), needed).whole !== null)
    const bytes = 8 * 3 * 2
    expect(kept(memory.free - bytes)).toBe(true)
    expect(kept(memory.free - bytes + 1)).toBe(false)
  })
  useKernels(undefined)
})

test('components that hardly stand out, and no room for the matrix of products beside the rows: found all the same', () => {
  const random = new SeededRandom(3)
  const data = Array.from({ length: 1000 }, () => Float64Array.from({ length: 2000 }, () => random.normal()))
  // The rows, as they are and centred, take 15 MiB each; what the matrix and its eigenvectors take is 31 MiB.
  const scarce = fit(data, 'krylov', 56 * 2 ** 20)
  const whole = fit(data, 'krylov', null)
  expect([scarce.choice.solver, whole.choice.solver]).toEqual(['krylov', 'eigh-covariance'])
  for (let k = 0; k < 3; k++) expect(Math.abs(scarce.spectrum[k]! / whole.spectrum[k]! - 1)).toBeLessThan(1e-12)
  expect(scarce.certificate.residual).toBeLessThan(10)
})

test('10,000,000 rows of 50 columns, 3.7 GiB, are taken in less than 128 MiB', () => {
  const rows = 10_000_000
  // 99 and 101 in turn: every sum is exact.
  const values = new Float64Array(rows + 1)
  for (let i = 0; i < values.length; i++) values[i] = 100 + (i % 2 === 0 ? 1 : -1)
  const columns = Array.from({ length: 50 }, (_, j) => values.subarray(j % 2, rows + (j % 2)))
  useKernels(new Kernels())
  const { memory } = kernels()
  const { mean, products } = memory.frame(() => columnMoments(columnRows(columns, null, null), true))
  const grown = memory.size
  useKernels(undefined)
  expect(grown).toBeLessThan(128 * 2 ** 20)
  expect(mean).toEqual(new Float64Array(50).fill(100))
  expect(products).toEqual(
    Float64Array.from({ length: 2500 }, (_, at) => (((at % 50) + Math.floor(at / 50)) % 2 ? -rows : rows))
  )
})
