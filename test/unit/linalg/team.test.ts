import { describe, expect, test } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import {
  createMatrix,
  denseOperator,
  determinant,
  eig,
  eigh,
  eighTop,
  eigvalsh,
  gemm,
  gemv,
  inverse,
  inversePositiveDefinite,
  krylovSvd,
  leastSquares,
  lu,
  cholesky,
  multiplySparse,
  multiplySparseTransposed,
  pinv,
  qr,
  randomizedSvd,
  createSparse,
  singularValues,
  solve,
  sparseGram,
  sparseOperator,
  svd,
  syrk,
  tallQr,
  transposeSparse,
  unwatched,
  type Matrix,
  type QrFactors,
  type SparseMatrix
} from '../../../core/linalg/index.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { PRODUCT_TASKS } from '../../../core/linalg/kernels/product-kernels.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { residentRows } from '../../../core/linalg/row-source.ts'
import { chooseSolver, type PcaSolver } from '../../../core/stats/pca-solver.ts'
import { fitPrincipalComponents } from '../../../core/stats/principal-components.ts'
import { randomNormal } from '../../zoo/random-matrices.ts'
import { withTeam } from './team.ts'
import { stoppingAt } from './watches.ts'

const normal = (rows: number, columns: number, seed: number): Matrix =>
  randomNormal(rows, columns, new SeededRandom(seed))

function symmetric(n: number): Matrix {
  const a = normal(n, n, 3)
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a.data[j * n + i] = a.data[i * n + j]!
  return a
}

/** Three strong factors and noise: what an iteration finds quickly. */
function factorTable(rows: number, columns: number): Matrix {
  const noise = normal(rows, columns, 5)
  noise.data.forEach((value, at) => (noise.data[at] = 0.01 * value))
  return gemm(normal(rows, 3, 6), normal(3, columns, 7), { c: noise })
}

/** @param by the solver that is asked for, and must then be the one at work; null: any */
function components(table: Matrix, nComponents: number, by: PcaSolver | null): Float64Array[] {
  const { rows, columns, data } = table
  const { memory } = kernels()
  return memory.frame(() => {
    const x = memory.copy(data)
    const names = Array.from({ length: columns }, (_, j) => `c${j}`)
    const choice = chooseSolver(rows, columns, nComponents, by ?? 'auto')
    const options = { unitVariance: false, choice, seed: 1 }
    const fit = fitPrincipalComponents(residentRows(x, rows, columns), names, nComponents, options, () => unwatched)
    expect(fit.choice.solver).toBe(by ?? 'eigh-covariance')
    return [fit.spectrum, fit.components, fit.scores]
  })
}

function truncated(solve: typeof krylovSvd | typeof randomizedSvd): Float64Array[] {
  return kernels().memory.frame(() => {
    const a = kernels().memory.copy(normal(900, 500, 6).data)
    const { u, s, vt } = solve(denseOperator(a, 900, 500), 5, { seed: 1 })
    return [u.data, s, vt.data]
  })
}

function sparse(): SparseMatrix {
  const random = new SeededRandom(7)
  const count = 60_000
  const draw = (below: number): Int32Array =>
    Int32Array.from({ length: count }, () => Math.floor(random.uniform() * below))
  const values = Float64Array.from({ length: count }, () => random.normal())
  return createSparse(4000, 900, { rowIndexes: draw(4000), columnIndexes: draw(900), values })
}

function sparseTruncated(): Float64Array[] {
  const a = sparse()
  return kernels().memory.frame(() => {
    const { u, s, vt } = randomizedSvd(sparseOperator(a), 5, { seed: 1 })
    return [u.data, s, vt.data]
  })
}

const factors = ({ q, r }: QrFactors): Float64Array[] => [q.data, r.data]

/** Tries every millisecond, without letting go of the thread, until it succeeds; false after ten seconds. */
function keepsTrying(succeeds: () => boolean): boolean {
  const nothing = new Int32Array(new SharedArrayBuffer(4))
  for (let looks = 0; looks < 10_000; looks++) {
    if (succeeds()) return true
    Atomics.wait(nothing, 0, 0, 1)
  }
  return false
}

/** There is no kernel of this number: whoever takes such a task ends in a trap. */
const UNKNOWN = 0x7f00

/** Large enough that every routine shares its work. */
const routines: [string, () => Float64Array[]][] = [
  ['gemm', () => [gemm(normal(301, 257, 1), normal(257, 333, 2)).data]],
  ['gemm with a long inner dimension', () => [gemm(normal(20, 20_000, 1), normal(20_000, 30, 2)).data]],
  ['syrk of columns', () => [syrk(normal(1500, 310, 1), 'columns').data]],
  ['syrk of rows', () => [syrk(normal(310, 1500, 1), 'rows').data]],
  ['qr', () => factors(qr(normal(700, 260, 1)))],
  ['inverse', () => [inverse(normal(400, 400, 1)).data]],
  [
    'eigh',
    () => {
      const { w, v } = eigh(symmetric(420))
      return [w, v.data]
    }
  ],
  [
    'svd',
    () => {
      const { u, s, vt } = svd(normal(600, 300, 1))
      return [u.data, s, vt.data]
    }
  ],
  ['tall qr', () => factors(tallQr(normal(6000, 40, 1)))],
  ['gemv', () => [gemv(normal(900, 700, 1), normal(700, 1, 2).data)]],
  ['lu', () => [lu(normal(500, 500, 1)).lu.data]],
  ['cholesky', () => [cholesky(syrk(normal(700, 400, 1), 'columns')).data]],
  ['leastSquares', () => [leastSquares(normal(900, 300, 1), normal(900, 2, 2)).x.data]],
  ['inversePositiveDefinite', () => [inversePositiveDefinite(syrk(normal(700, 500, 1), 'columns')).data]],
  [
    'sparseGram',
    () => kernels().memory.frame(() => [sparseGram(sparse(), transposeSparse(sparse()), unwatched).slice()])
  ],
  ['eighTop', () => [eighTop(symmetric(420), 6).v.data]],
  ['eig', () => Object.values(eig(normal(150, 150, 1))).filter((part) => part instanceof Float64Array)],
  ['krylovSvd', () => truncated(krylovSvd)],
  ['randomizedSvd', () => truncated(randomizedSvd)],
  ['randomizedSvd of a sparse matrix', () => sparseTruncated()],
  ['eigvalsh', () => [eigvalsh(symmetric(420))]],
  ['singularValues', () => [singularValues(normal(600, 300, 1))]],
  ['solve', () => [solve(normal(500, 500, 1), normal(500, 60, 2)).x.data]],
  ['solve, refined', () => [solve(normal(500, 500, 1), normal(500, 2, 2)).x.data]],
  ['pinv', () => [pinv(normal(400, 250, 1)).inverse.data]],
  ['determinant', () => [Float64Array.of(determinant(normal(400, 400, 1)).logAbs)]],
  ['multiplySparse', () => [multiplySparse(sparse(), normal(900, 20, 1)).data]],
  ['multiplySparseTransposed', () => [multiplySparseTransposed(sparse(), normal(4000, 20, 1)).data]],
  ['components of a tall table', () => components(normal(30_000, 24, 5), 24, null)],
  ['components of a broad table', () => components(normal(900, 400, 5), 10, null)],
  ['components of a wide table', () => components(normal(200, 3000, 5), 10, 'eigh-gram')],
  ['components of a broad table by Krylov', () => components(factorTable(900, 400), 3, 'krylov')],
  ['components of a wide table by Krylov', () => components(factorTable(200, 3000), 3, 'krylov')],
  ['randomized components of a broad table', () => components(factorTable(900, 400), 10, 'randomized')],
  ['randomized components of a wide table', () => components(factorTable(200, 3000), 5, 'randomized')]
]

describe('a team of threads', () => {
  test.each(routines)('%s: the same bits with 1, 2 and 3 threads', async (_name, work) => {
    const [alone, two, three] = [await withTeam(1, work), await withTeam(2, work), await withTeam(3, work)]
    expect(alone.every((values) => values.every(Number.isFinite))).toBe(true)
    expect(two).toEqual(alone)
    expect(three).toEqual(alone)
  })

  test('stops when it is told to, and works again afterwards', async () => {
    const a = normal(900, 900, 1)
    await withTeam(2, ({ memory }) => {
      const before = memory.free
      expect(() => gemm(a, a, {}, stoppingAt(3, new EigendeskError('CANCELLED')))).toThrow('Cancelled')
      expect(memory.free).toBe(before)
      expect(gemm(normal(5, 5, 1), normal(5, 5, 1)).data.every(Number.isFinite)).toBe(true)
    })
  })

  test('a helper takes the tasks that the leader leaves to it', async () => {
    await withTeam(2, ({ memory, run }) => {
      memory.frame(() => {
        const given = memory.copy(Float64Array.of(1, 2, 3, 4))
        const sums = memory.zeros(4)
        const parts = 1
        const args = [4, given.byteOffset, 8 * 4, parts, sums.byteOffset, 1]
        run.openRound(PRODUCT_TASKS.addUp, memory.copy(Float64Array.from(args)).byteOffset, 4)
        expect(keepsTrying(() => sums.every((sum) => sum !== 0))).toBe(true)
        expect(run.closeRound()).toBe(0)
        expect(sums.slice()).toEqual(given.slice())
      })
    })
  })

  test('a kernel that fails in a helper alone is an error of the leader, told once', async () => {
    await withTeam(2, (team) => {
      const { memory, run } = team
      memory.frame(() => {
        const args = memory.zeros(1).byteOffset
        let thrown: unknown
        const succeeds = (): boolean => {
          try {
            // A round without tasks: the leader runs none, so that what failed was a helper in the round before.
            team.share(UNKNOWN, [], 0)
          } catch (error) {
            thrown = error
            return true
          }
          run.openRound(UNKNOWN, args, 1)
          return false
        }
        expect(keepsTrying(succeeds)).toBe(true)
        expect(thrown).toMatchObject({
          data: { code: 'INTERNAL', message: expect.stringContaining('a kernel stopped in a helper thread') }
        })
        expect(run.closeRound()).toBe(0)
        expect(Array.from(gemm(normal(3, 2, 1), createMatrix(2, 1)).data)).toEqual([0, 0, 0])
      })
    })
  })

  test('a kernel that fails in whichever thread is an error of the leader, and the team goes on', async () => {
    await withTeam(2, (team) => {
      for (let round = 0; round < 20; round++) {
        expect(() => team.share(UNKNOWN, [], 8)).toThrow()
      }
      expect(Array.from(gemm(normal(3, 2, 1), createMatrix(2, 1)).data)).toEqual([0, 0, 0])
    })
  })
})

describe('memory of the kernels', () => {
  test('more than there is is refused beforehand, with the number', () => {
    const { memory } = kernels()
    const refusal = (work: () => void): unknown => {
      try {
        work()
      } catch (error) {
        if (error instanceof EigendeskError) return error.data
      }
      return null
    }
    expect(refusal(() => memory.require(5 * 2 ** 30))).toMatchObject({
      code: 'OUT_OF_MEMORY',
      message: expect.stringMatching(/^This needs 5\.0 GiB; the limit is [34]\.\d GiB\.$/)
    })
    expect(refusal(() => memory.allocate(2 ** 29))).toMatchObject({ code: 'OUT_OF_MEMORY' })
    const before = memory.free
    expect(refusal(() => memory.frame(() => memory.allocate(1000) && memory.require(2 ** 33)))).not.toBeNull()
    expect(memory.free).toBe(before)
  })
})
