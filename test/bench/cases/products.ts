import type { Kernels } from '../../../core/linalg/kernels/kernels.ts'
import { multiplyInto, panelOf, transposed } from '../../../core/linalg/panel.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import type { Benchmark } from '../benchmark.ts'
import { fillNormal } from '../data.ts'
import { measureInTurn } from '../measure.ts'
import { atLeast, rowAgainst, timed } from '../table.ts'

const STEP_FLOPS = 48
const CEILING_DOUBLES = 28

/** A product in the memory of a team, to be run as often as one likes: the entries of C grow, the time does not. */
type Product = (kernels: Kernels) => () => void

function squareProduct(n: number): Product {
  return ({ memory }) => {
    const a = panelOf(fillNormal(memory.allocate(n * n)), n, n)
    const c = panelOf(memory.zeros(n * n), n, n)
    return () => multiplyInto(c, 1, a, a, unwatched)
  }
}

/** The upper triangle of XᵀX. */
function innerProducts(rows: number, columns: number): Product {
  return ({ memory }) => {
    const x = panelOf(fillNormal(memory.allocate(rows * columns)), rows, columns)
    const c = panelOf(memory.zeros(columns * columns), columns, columns)
    return () => multiplyInto(c, 1, transposed(x), x, unwatched, 'upper')
  }
}

/** The share of the processor's 128-bit multiply-adds that a product on one thread reaches. */
async function measureShare(bench: Benchmark): Promise<void> {
  const n = bench.quick ? 96 : 1200
  const flops = 2 * n ** 3
  const steps = Math.ceil(flops / STEP_FLOPS)
  const team = await bench.team(1)
  const { file, times } = team.run(({ memory, run }) => {
    const at = fillNormal(memory.allocate(CEILING_DOUBLES)).byteOffset
    const works = [squareProduct(n)(team.kernels), () => run.multiplyAddCeiling(steps, at)]
    return {
      file: bench.hand('gemm', fillNormal(memory.allocate(n * n))),
      times: measureInTurn(works, 1, bench.effort)
    }
  })
  const data = `${n} × ${n} × ${n}`
  const ours = timed('one thread', times[0]!)
  const ceiling = timed('register-only kernel, 128 bits', times[1]!)
  const speed = ({ milliseconds }: { milliseconds: number }): string => (flops / milliseconds / 1e6).toFixed(1)
  bench.add({
    measure: 'gemm, share of the ceiling',
    data,
    ours,
    peer: ceiling,
    ratio: ceiling.milliseconds / ours.milliseconds,
    demand: atLeast(0.6, 0.8),
    remark: `${speed(ours)} of ${speed(ceiling)} GFLOP/s`
  })
  const answer = await bench.ask({ case: 'gemm', threads: 1, files: [file], shape: [n, n] })
  bench.add(rowAgainst(answer, { measure: 'gemm, one thread', data, ours, demand: null }))
}

/** One thread and two take turns. */
async function measureSpeedUp(bench: Benchmark, measure: string, data: string, product: Product): Promise<void> {
  const one = await bench.team(1)
  const two = await bench.team(2)
  const [alone, together] = one.run((lonely) => {
    const first = product(lonely)
    return two.run((shared) => {
      const second = product(shared)
      const works = [() => one.run(() => first()), () => two.run(() => second())]
      return measureInTurn(works, 2, bench.effort)
    })
  }) as [number[], number[]]
  const ours = timed('two threads', together)
  const peer = timed('one thread', alone)
  const ratio = peer.milliseconds / ours.milliseconds
  bench.add({ measure, data, ours, peer, ratio, demand: atLeast(1.8, 1.95) })
}

export async function measureProducts(bench: Benchmark): Promise<void> {
  await measureShare(bench)
  const n = bench.quick ? 96 : 1200
  await measureSpeedUp(bench, 'gemm, speed-up of two threads', `${n} × ${n} × ${n}`, squareProduct(n))
  const [rows, columns] = bench.quick ? [300, 60] : [5000, 1000]
  const syrk = innerProducts(rows, columns)
  await measureSpeedUp(bench, 'syrk, speed-up of two threads', `XᵀX of ${rows} × ${columns}`, syrk)
}
