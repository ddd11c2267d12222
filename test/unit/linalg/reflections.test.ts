import { expect, test } from 'vitest'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import { copyColumns, factorColumns, formColumns, rowsOf } from '../../../core/linalg/reflections.ts'
import { SQUARES } from '../../../core/linalg/scaled-copy.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { orthogonalityRatio, product, randomMatrix, residualRatio } from './ratios.ts'
import { recording } from './watches.ts'

test('a panel too tall for one look at the stop button is halved: its factors are as good', () => {
  const [m, n] = [25_000, 47]
  const a = randomMatrix(m, n, new SeededRandom(1))
  const { watch, looks } = recording()
  const [q, r] = kernels().memory.frame(() => {
    const { columns } = copyColumns(a, unwatched, SQUARES)
    const reflections = factorColumns(columns, watch)
    const upper = createMatrix(n, n, rowsOf({ ...columns, rows: n }, unwatched).slice())
    for (let i = 0; i < n; i++) upper.data.fill(0, i * n, i * n + i)
    return [createMatrix(m, n, rowsOf(formColumns(reflections, m, n, unwatched), unwatched).slice()), upper]
  })
  expect(looks()).toBeGreaterThan(4)
  expect(residualRatio(a, product(q, r))).toBeLessThan(10)
  expect(orthogonalityRatio(q)).toBeLessThan(10)
})
