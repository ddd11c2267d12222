import { krylovSvd } from '../../../core/linalg/krylov-svd.ts'
import { randomizedSvd } from '../../../core/linalg/randomized-svd.ts'
import type { SparseMatrix } from '../../../core/linalg/sparse.ts'
import { sparseOperator } from '../../../core/linalg/sparse-multiply.ts'
import type { Benchmark } from '../benchmark.ts'
import { sparseRatings } from '../data.ts'
import { measureKeeping } from '../measure.ts'
import { atMost, describeThreads, rowAgainst, timed } from '../table.ts'

export async function measureSparse(bench: Benchmark): Promise<void> {
  const [rows, columns, each, count] = bench.quick ? [300, 80, 6, 3] : [100_000, 10_000, 50, 10]
  await measureTruncatedSvd(bench, sparseRatings(rows, columns, each), count)
}

/** The largest singular triplets of ratings, with what it takes to make an operator of them: to a few digits, as
 * scikit-learn finds them, and to full accuracy. */
export async function measureTruncatedSvd(bench: Benchmark, a: SparseMatrix, count: number): Promise<void> {
  const files = [bench.hand('starts', a.rowStarts), bench.hand('columns', a.columnIndexes)]
  files.push(bench.hand('values', a.values))
  const question = { threads: bench.threads, files, shape: [a.rows, a.columns], count }
  const data = `${a.rows} × ${a.columns}, ${a.values.length} entries`
  const team = await bench.team(bench.threads)
  const measureOurs = (decompose: () => Float64Array): { times: number[]; result: Float64Array } =>
    team.run(({ memory }) => measureKeeping(() => memory.frame(decompose), bench.threads, bench.effort))

  const randomized = measureOurs(() => randomizedSvd(sparseOperator(a), count, { seed: 0 }).s)
  const answer = await bench.ask({ case: 'randomized_sparse', ...question })
  const ours = timed('randomizedSvd', randomized.times)
  const row = {
    measure: `truncated SVD, ${count} values, ${describeThreads(bench.threads)}`,
    data,
    ours,
    demand: atMost(1, 0.5)
  }
  bench.add(rowAgainst(answer, row, randomized.result))

  const exact = measureOurs(() => krylovSvd(sparseOperator(a), count, { seed: 0 }).s)
  const exactly = await bench.ask({ case: 'exact_sparse', ...question })
  const exactRow = { measure: 'the same to full accuracy', data, ours: timed('krylovSvd', exact.times), demand: null }
  const reference = answer?.reference ?? []
  bench.add(rowAgainst(exactly && { ...exactly, reference }, exactRow, exact.result))
}
