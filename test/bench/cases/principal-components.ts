import type { Kernels } from '../../../core/linalg/kernels/kernels.ts'
import type { KernelMemory } from '../../../core/linalg/kernels/memory.ts'
import { columnRows, residentRows } from '../../../core/linalg/row-source.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { fitAxes, type FittedAxes } from '../../../core/stats/fit-axes.ts'
import { chooseSolver } from '../../../core/stats/pca-solver.ts'
import { timesPowerOfTwo } from '../../../core/linalg/power-of-two.ts'
import type { Benchmark } from '../benchmark.ts'
import { factorTable, fillNormal } from '../data.ts'
import { measureKeeping } from '../measure.ts'
import { atMost, describeThreads, rowAgainst, timed } from '../table.ts'

/** A fit without the scores, which PCA.fit of scikit-learn leaves out too, of a matrix that lies where it is worked on, as
 * numpy's does.
 * @param x in the memory of these kernels */
export function fitTable(
  { memory }: Kernels,
  x: Float64Array,
  rows: number,
  columns: number,
  count: number
): FittedAxes {
  const names = Array.from({ length: columns }, (_, j) => `c${j}`)
  const options = { unitVariance: false, choice: chooseSolver(rows, columns, count), seed: 0 }
  return memory.frame(() => fitAxes(residentRows(x, rows, columns), names, count, options, () => unwatched))
}

/** The same of the columns of a table, as the analysis gets them: they are copied into the memory of the kernels. */
function fitColumns({ memory }: Kernels, columns: Float64Array[], count: number): FittedAxes {
  const names = columns.map((_, j) => `c${j}`)
  const options = { unitVariance: false, choice: chooseSolver(columns[0]!.length, columns.length, count), seed: 0 }
  return memory.frame(() => fitAxes(columnRows(columns, null, null), names, count, options, () => unwatched))
}

function columnsOf(x: Float64Array, rows: number, columns: number): Float64Array[] {
  return Array.from({ length: columns }, (_, j) => {
    const values = new Float64Array(rows)
    for (let i = 0; i < rows; i++) values[i] = x[i * columns + j]!
    return values
  })
}

/** In the units of the table. */
const variancesOf = ({ axes, units }: FittedAxes, count: number): Float64Array =>
  axes.eigenvalues.slice(0, count).map((value) => timesPowerOfTwo(value, 2 * units.exponent))

/** Tables without structure have nothing to be found in few iterations: what stands beside the time is the error. */
const KINDS: { name: string; informs: boolean; table: (memory: KernelMemory, n: number, p: number) => Float64Array }[] =
  [
    { name: '15 factors', informs: false, table: factorTable },
    { name: 'noise', informs: true, table: (memory, n, p) => fillNormal(memory.allocate(n * p)) }
  ]

const SHAPES = [
  [10_000, 50],
  [100_000, 50],
  [1_000_000, 20],
  [5000, 1000],
  [500, 20_000]
] as const
const QUICK_SHAPES = [
  [400, 12],
  [60, 200]
] as const

export async function measurePrincipalComponents(bench: Benchmark): Promise<void> {
  const count = 10
  const team = await bench.team(bench.threads)
  for (const { name, informs, table } of KINDS) {
    for (const [rows, columns] of bench.quick ? QUICK_SHAPES : SHAPES) {
      const { file, times, result, fromColumns } = team.run((kernels) => {
        const x = table(kernels.memory, rows, columns)
        const file = bench.hand('table', x)
        const measured = measureKeeping(() => fitTable(kernels, x, rows, columns, count), bench.threads, bench.effort)
        const apart = informs ? null : columnsOf(x, rows, columns)
        const fromColumns =
          apart && measureKeeping(() => fitColumns(kernels, apart, count), bench.threads, bench.effort)
        return { file, ...measured, fromColumns }
      })
      const answer = await bench.ask({
        case: 'pca',
        threads: bench.threads,
        files: [file],
        shape: [rows, columns],
        count
      })
      const row = {
        measure: `PCA, ${count} components, ${describeThreads(bench.threads)}`,
        data: `${rows} × ${columns}, ${name}`,
        ours: timed(result.choice.solver, times),
        demand: informs ? null : atMost(1, 0.5),
        remark: `ours: ${result.choice.solver}`
      }
      bench.add(rowAgainst(answer, row, variancesOf(result, count)))
      if (fromColumns === null) continue
      const measure = `${row.measure}, from columns`
      const ours = timed(fromColumns.result.choice.solver, fromColumns.times)
      bench.add(rowAgainst(answer, { ...row, measure, ours, demand: null }, variancesOf(fromColumns.result, count)))
    }
  }
}
