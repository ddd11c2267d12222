import { PCA } from 'ml-pca'
import type { Benchmark } from '../benchmark.ts'
import { factorTable } from '../data.ts'
import { measure, median } from '../measure.ts'
import { atLeast, timed } from '../table.ts'
import { fitTable } from './principal-components.ts'

/** Its exact ways to do it; the faster one counts. */
const METHODS = ['SVD', 'covarianceMatrix'] as const

/** All components, as ml-pca computes them, of what it would be given: an array of rows. */
async function measureShape(bench: Benchmark, rows: number, columns: number): Promise<void> {
  const team = await bench.team(bench.threads)
  const { ours, table } = team.run((kernels) => {
    const x = factorTable(kernels.memory, rows, columns)
    const times = measure(() => fitTable(kernels, x, rows, columns, columns), bench.threads, bench.effort)
    const table = Array.from({ length: rows }, (_, i) => Array.from(x.subarray(i * columns, (i + 1) * columns)))
    return { ours: timed('fitAxes', times), table }
  })
  const ways = METHODS.map((method) =>
    timed(
      `ml-pca (${method})`,
      measure(() => new PCA(table, { method }), 1, bench.effort)
    )
  )
  const [peer, ...others] = ways.sort((x, y) => median(x.times) - median(y.times)) as [(typeof ways)[0]]
  bench.add({
    measure: 'PCA, all components: times faster',
    data: `${rows} × ${columns}, 15 factors`,
    ours,
    peer,
    ratio: peer.milliseconds / ours.milliseconds,
    demand: atLeast(20, 50),
    others
  })
}

export async function measureMlPca(bench: Benchmark): Promise<void> {
  const shapes = bench.quick
    ? ([[200, 5]] as const)
    : ([
        [10_000, 50],
        [2000, 200]
      ] as const)
  for (const [rows, columns] of shapes) await measureShape(bench, rows, columns)
}
