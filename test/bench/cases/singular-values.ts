import { createMatrix } from '../../../core/linalg/matrix.ts'
import { svd } from '../../../core/linalg/svd.ts'
import type { Benchmark } from '../benchmark.ts'
import { fillNormal } from '../data.ts'
import { measure } from '../measure.ts'
import { atMost, rowAgainst, timed } from '../table.ts'

export async function measureSingularValues(bench: Benchmark): Promise<void> {
  const [rows, columns] = bench.quick ? [60, 20] : [2000, 500]
  const a = createMatrix(rows, columns, fillNormal(new Float64Array(rows * columns)))
  const files = [bench.hand('svd', a.data)]
  const team = await bench.team(1)
  const ours = timed(
    'svd',
    team.run(() => measure(() => svd(a), 1, bench.effort))
  )
  const answer = await bench.ask({ case: 'svd', threads: 1, files, shape: [rows, columns] })
  const row = { measure: 'SVD, thin, one thread', data: `${rows} × ${columns}`, ours, demand: atMost(2, 1.3) }
  bench.add(rowAgainst(answer, row))
}
