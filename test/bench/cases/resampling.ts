import { unwatched } from '../../../core/linalg/watch.ts'
import { bootstrapComponents } from '../../../core/stats/bootstrap-components.ts'
import { parallelAnalysis } from '../../../core/stats/parallel-analysis.ts'
import { columnVariances } from '../../../core/stats/prepare-again.ts'
import type { Benchmark } from '../benchmark.ts'
import { factorTable } from '../data.ts'
import { measureKeeping } from '../measure.ts'
import { atMost, describeThreads, rowAgainst, timed } from '../table.ts'

/** What permutes or draws the rows of a table over and over, against a straightforward loop of numpy. What comes out is random:
 * the tests say that it is right. */
export async function measureResampling(bench: Benchmark): Promise<void> {
  await measureCase(bench, 'parallel_analysis', 'parallel analysis', bench.quick ? [500, 8, 10] : [10_000, 50, 100])
  await measureCase(bench, 'bootstrap', 'bootstrap of components', bench.quick ? [300, 8, 20] : [5000, 50, 200])
}

const COMPONENTS = 5

async function measureCase(
  bench: Benchmark,
  name: 'parallel_analysis' | 'bootstrap',
  words: string,
  [rows, columns, count]: readonly [number, number, number]
): Promise<void> {
  const team = await bench.team(bench.threads)
  const { file, times } = team.run(({ memory }) => {
    const z = memory.frame(() => standardized(factorTable(memory, rows, columns).slice(), rows, columns))
    const loadings = Float64Array.from({ length: columns * COMPONENTS }, (_, at) => Math.sin(at + 1))
    const work = (): unknown =>
      name === 'parallel_analysis'
        ? parallelAnalysis(z, [rows, columns], rows - 1, { permutations: count, percent: 95, seed: 1 }, unwatched)
        : bootstrapComponents(
            z,
            [rows, columns],
            loadings,
            {
              resamples: count,
              nVariances: COMPONENTS,
              seed: 1,
              alignment: 'procrustes',
              preparation: { centre: true, scale: 'unit' },
              divisor: rows - 1,
              weights: null
            },
            unwatched
          )
    return { file: bench.hand('table', z), times: measureKeeping(work, bench.threads, bench.effort).times }
  })
  const answer = await bench.ask({
    case: name,
    threads: bench.threads,
    files: [file],
    shape: [rows, columns],
    count
  })
  bench.add(
    rowAgainst(answer, {
      measure: `${words}, ${describeThreads(bench.threads)}`,
      data: `${rows} × ${columns}, ${count} times`,
      ours: timed(name, times),
      demand: atMost(1, 0.5)
    })
  )
}

/** Columns of mean 0 and standard deviation 1, in place. */
function standardized(x: Float64Array, n: number, p: number): Float64Array {
  const mean = new Float64Array(p)
  for (let at = 0; at < x.length; at++) mean[at % p]! += x[at]! / n
  const variances = columnVariances(x, n, p, null)
  for (let at = 0; at < x.length; at++) {
    x[at] = (x[at]! - mean[at % p]!) / Math.sqrt((variances[at % p]! * n) / (n - 1))
  }
  return x
}
