import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kernels } from '../../core/linalg/kernels/kernels.ts'
import { krylovSvd } from '../../core/linalg/krylov-svd.ts'
import { sparseOperator } from '../../core/linalg/sparse-multiply.ts'
import { createSparse } from '../../core/linalg/sparse.ts'

interface SparseCase {
  name: string
  rows: number
  columns: number
  rowIndexes: number[]
  columnIndexes: number[]
  values: number[]
  singularValues: number[]
}

// Made by scripts/fixtures/make-parity-linalg.py.
const fixture = JSON.parse(readFileSync(new URL('fixtures/linalg.json', import.meta.url), 'utf-8')) as {
  sparse: SparseCase[]
}

test.each(fixture.sparse)('$name: the Krylov method finds the singular values that TruncatedSVD gives', (given) => {
  const { rows, columns, rowIndexes, columnIndexes, values, singularValues: wanted } = given
  const sparse = createSparse(rows, columns, {
    rowIndexes: Int32Array.from(rowIndexes),
    columnIndexes: Int32Array.from(columnIndexes),
    values: Float64Array.from(values)
  })
  const { s } = kernels().memory.frame(() => krylovSvd(sparseOperator(sparse), wanted.length, { seed: 1 }))
  expect(s).toHaveLength(wanted.length)
  s.forEach((value, k) => {
    expect(Math.abs(value - wanted[k]!)).toBeLessThan(1e-12 * wanted[0]!)
  })
})
