import { eighTop } from '../../../core/linalg/eigh-top.ts'
import { eigh } from '../../../core/linalg/eigh.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import type { Benchmark } from '../benchmark.ts'
import { symmetricNormal } from '../data.ts'
import { measure, measureKeeping } from '../measure.ts'
import { atMost, describeThreads, rowAgainst, timed } from '../table.ts'

async function measureAll(bench: Benchmark, n: number): Promise<void> {
  const a = createMatrix(n, n, symmetricNormal(n))
  const files = [bench.hand(`eigh-${n}`, a.data)]
  for (const threads of [1, 2]) {
    const team = await bench.team(threads)
    const times = team.run(() => measure(() => eigh(a), threads, bench.effort))
    const answer = await bench.ask({ case: 'eigh', threads, files, shape: [n, n] })
    const demand = threads === 1 ? atMost(2, 1.3) : null
    const name = `eigh, all pairs, ${describeThreads(threads)}`
    bench.add(rowAgainst(answer, { measure: name, data: `${n} × ${n}`, ours: timed('eigh', times), demand }))
  }
}

async function measureTop(bench: Benchmark, n: number, count: number): Promise<void> {
  const a = createMatrix(n, n, symmetricNormal(n))
  const files = [bench.hand('eigh-top', a.data)]
  const team = await bench.team(1)
  const { times, result } = team.run(() => measureKeeping(() => eighTop(a, count).w, 1, bench.effort))
  const answer = await bench.ask({ case: 'eigh_top', threads: 1, files, shape: [n, n], count })
  const row = {
    measure: `eigh, top ${count}, one thread`,
    data: `${n} × ${n}`,
    ours: timed('eighTop', times),
    demand: atMost(1, 0.5)
  }
  bench.add(rowAgainst(answer, row, result))
}

export async function measureEigen(bench: Benchmark): Promise<void> {
  for (const n of bench.quick ? [20, 40] : [500, 1000, 2000]) await measureAll(bench, n)
  await measureTop(bench, bench.quick ? 100 : 1000, bench.quick ? 3 : 10)
}
