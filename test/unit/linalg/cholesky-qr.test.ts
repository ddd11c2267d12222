import { describe, expect, test } from 'vitest'
import { orthonormalizeColumns } from '../../../core/linalg/cholesky-qr.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import type { Matrix } from '../../../core/linalg/matrix.ts'
import { panelOf } from '../../../core/linalg/panel.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { randomNormal, withSingularValues } from '../../zoo/random-matrices.ts'

const ULP = Number.EPSILON

/** LAPACK's ratios of Y = QR (TESTING/LIN/dqrt01.f), columns of Y compared one by one, which a graded Y needs. */
function ratios(y: Matrix): { residual: number; orthogonality: number; r: Float64Array } {
  const { rows: m, columns: n } = y
  const { memory } = kernels()
  return memory.frame(() => {
    const found = orthonormalizeColumns(
      panelOf(memory.copy(y.data), m, n),
      panelOf(memory.allocate(m * n), m, n),
      unwatched
    )
    const q = new Float64Array(memory.memory.buffer, found.q.at, m * n)
    let residual = 0
    let orthogonality = 0
    for (let j = 0; j < n; j++) {
      let error = 0
      let size = 0
      for (let i = 0; i < m; i++) {
        let product = 0
        for (let k = 0; k <= j; k++) product += q[i * n + k]! * found.r[k * n + j]!
        error += Math.abs(product - y.data[i * n + j]!)
        size += Math.abs(y.data[i * n + j]!)
      }
      if (size > 0) residual = Math.max(residual, error / (m * ULP * size))
      else residual = Math.max(residual, error)
      let off = 0
      for (let k = 0; k < n; k++) {
        let product = k === j ? -1 : 0
        for (let i = 0; i < m; i++) product += q[i * n + j]! * q[i * n + k]!
        off += Math.abs(product)
      }
      orthogonality = Math.max(orthogonality, off / (m * ULP))
    }
    return { residual, orthogonality, r: found.r }
  })
}

function expectGood(y: Matrix): void {
  const { residual, orthogonality, r } = ratios(y)
  expect(residual).toBeLessThan(10)
  expect(orthogonality).toBeLessThan(10)
  for (let i = 0; i < y.columns; i++) for (let j = 0; j < i; j++) expect(r[i * y.columns + j]).toBe(0)
}

describe('orthonormalizeColumns', () => {
  test.each([1, 1e4, 1e7, 1e10, 1e15])('columns of condition %s', (condition) => {
    const random = new SeededRandom(1)
    const values = Float64Array.from({ length: 12 }, (_, k) => condition ** (-k / 11))
    expectGood(withSingularValues(400, 12, values, random))
  })

  test('columns of very different lengths', () => {
    const y = randomNormal(300, 8, new SeededRandom(2))
    expectGood({ ...y, data: y.data.map((v, at) => v * 2 ** (-40 * (at % 8) + 100)) })
  })

  test('columns that are equal, multiples of each other, 0, or all 0: Q is orthonormal all the same', () => {
    const y = randomNormal(200, 6, new SeededRandom(3))
    const change = (of: (row: number, column: number) => number): Matrix => ({
      ...y,
      data: y.data.map((_, at) => of(Math.floor(at / 6), at % 6))
    })
    const entry = (row: number, column: number): number => y.data[row * 6 + column]!
    expectGood(change((row, column) => entry(row, column % 3)))
    expectGood(change((row, column) => entry(row, 0) * (column - 2)))
    expectGood(change((row, column) => (column === 4 ? 0 : entry(row, column))))
    expectGood(change(() => 0))
  })

  test('as many rows as columns, one column, no column', () => {
    expectGood(randomNormal(7, 7, new SeededRandom(4)))
    expectGood(randomNormal(50, 1, new SeededRandom(5)))
    expectGood(randomNormal(5, 0, new SeededRandom(6)))
  })
})
