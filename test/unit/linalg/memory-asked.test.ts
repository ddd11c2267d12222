import { afterEach, expect, test, vi } from 'vitest'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { eighTop } from '../../../core/linalg/eigh-top.ts'
import { krylovEigh } from '../../../core/linalg/krylov-eigh.ts'
import { krylovSvd } from '../../../core/linalg/krylov-svd.ts'
import { leastSquares } from '../../../core/linalg/least-squares.ts'
import { createMatrix, type Matrix } from '../../../core/linalg/matrix.ts'
import { denseOperator } from '../../../core/linalg/operator.ts'
import { multiplyInto, panelOf, transposed } from '../../../core/linalg/panel.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { randomizedSvd } from '../../../core/linalg/randomized-svd.ts'
import { solve } from '../../../core/linalg/solve.ts'
import { tallQr } from '../../../core/linalg/tall-qr.ts'
import { randomNormal, withSymmetricEigenvalues } from '../../zoo/random-matrices.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Bytes asked for before anything is begun, and the most that lay in the memory of the kernels at a time. */
function memoryOf(work: () => void): { asked: number; taken: number } {
  const { memory } = kernels()
  const before = memory.free
  const allocate = memory.allocate.bind(memory)
  const required = vi.spyOn(memory, 'require')
  let taken = 0
  vi.spyOn(memory, 'allocate').mockImplementation((length) => {
    const array = allocate(length)
    taken = Math.max(taken, before - memory.free)
    return array
  })
  work()
  return { asked: required.mock.calls[0]![0], taken }
}

function whole(a: Matrix, work: (entries: Float64Array) => void): { asked: number; taken: number } {
  const { memory } = kernels()
  return memory.frame(() => {
    const entries = memory.copy(a.data)
    return memoryOf(() => {
      work(entries)
    })
  })
}

const tall = randomNormal(9000, 120, new SeededRandom(1))
const decaying = withSymmetricEigenvalues(
  Float64Array.from({ length: 700 }, (_, k) => 0.9 ** k),
  new SeededRandom(4)
)
const square = randomNormal(700, 700, new SeededRandom(2))

test.each([
  [
    'randomizedSvd of a tall matrix',
    () => whole(tall, (x) => randomizedSvd(denseOperator(x, 9000, 120), 30, { seed: 1 }))
  ],
  [
    'randomizedSvd of a wide matrix',
    () => whole(tall, (x) => randomizedSvd(denseOperator(x, 120, 9000), 30, { seed: 1 }))
  ],
  [
    'krylovSvd that restarts',
    () =>
      whole(tall, (x) => {
        const { rows, columns, multiply, multiplyTransposed } = denseOperator(x, 9000, 120)
        krylovSvd({ rows, columns, multiply, multiplyTransposed }, 10, { seed: 1 })
      })
  ],
  [
    'krylovEigh that restarts',
    () =>
      whole(square, (x) => {
        const a = panelOf(x, 700, 700)
        const { memory } = kernels()
        krylovEigh(
          {
            order: 700,
            multiply: (from, to, b, watch) => {
              memory.frame(() => {
                const inner = panelOf(memory.zeros(700 * b), 700, b)
                multiplyInto(inner, 1, a, panelOf(from, 700, b), watch)
                to.fill(0)
                multiplyInto(panelOf(to, 700, b), 1, transposed(a), inner, watch)
              })
            }
          },
          30,
          { seed: 1, stepLimit: 1000 }
        )
      })
  ],
  ['solve with refinement', () => memoryOf(() => solve(square, randomNormal(700, 50, new SeededRandom(5))))],
  ['solve without', () => memoryOf(() => solve(square, randomNormal(700, 300, new SeededRandom(5))))],
  [
    'leastSquares by qr',
    () => memoryOf(() => leastSquares(randomNormal(700, 200, new SeededRandom(6)), createMatrix(700, 400)))
  ],
  ['eighTop', () => memoryOf(() => eighTop(decaying, 80))],
  ['tallQr of one block', () => memoryOf(() => tallQr(randomNormal(500, 300, new SeededRandom(3))))],
  ['tallQr of several', () => memoryOf(() => tallQr(randomNormal(9000, 40, new SeededRandom(3))))]
])('%s takes no more than it asks for, nor asks for much more than it takes', (_, work) => {
  const { asked, taken } = work()
  expect(taken).toBeLessThanOrEqual(asked)
  expect(asked).toBeLessThan(3 * taken)
})
