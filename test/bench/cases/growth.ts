import type { Benchmark } from '../benchmark.ts'
import { factorTable } from '../data.ts'
import { measureInTurn } from '../measure.ts'
import { atMost, timed } from '../table.ts'
import { fitTable } from './principal-components.ts'

/** What is allowed beyond the growth of the work. */
const WITHIN = 1.15

/** The time of a PCA as its table doubles, twice. The sizes take turns.
 * @param most times that a doubling may multiply the time, rounding and caches apart */
async function measureDoubling(
  bench: Benchmark,
  what: string,
  shapes: [number, number][],
  most: number
): Promise<void> {
  const team = await bench.team(bench.threads)
  const times = team.run((kernels) => {
    const works = shapes.map(([rows, columns]) => {
      const x = factorTable(kernels.memory, rows, columns)
      return () => fitTable(kernels, x, rows, columns, Math.min(10, columns))
    })
    return measureInTurn(works, bench.threads, bench.effort)
  })
  const sizes = shapes.map(([rows, columns]) => `${rows} × ${columns}`)
  for (let step = 1; step < shapes.length; step++) {
    const peer = timed(`ours, ${sizes[step - 1]!}`, times[step - 1]!)
    const ours = timed(`ours, ${sizes[step]!}`, times[step]!)
    const ratio = ours.milliseconds / peer.milliseconds
    const demand = atMost(WITHIN * most, null)
    bench.add({ measure: `PCA, growth as ${what} double`, data: sizes[step]!, ours, peer, ratio, demand })
  }
}

export async function measureGrowth(bench: Benchmark): Promise<void> {
  const [rows, columns] = bench.quick ? [400, 6] : [100_000, 48]
  const doublings = [1, 2, 4]
  await measureDoubling(
    bench,
    'rows',
    doublings.map((d) => [d * rows, columns]),
    2
  )
  await measureDoubling(
    bench,
    'columns',
    doublings.map((d) => [rows, d * columns]),
    4
  )
}
