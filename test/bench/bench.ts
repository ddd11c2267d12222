/** Our linear algebra against LAPACK behind numpy and scikit-learn, as ratios of medians of five.
 * Run by `npm run bench`. One thread each, both pinned to the first processor where taskset exists. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { eigh } from '../../core/linalg/eigh.ts'
import { kernels } from '../../core/linalg/kernels/kernels.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import { createMatrix } from '../../core/linalg/matrix.ts'
import { residentRows } from '../../core/linalg/row-source.ts'
import { unwatched } from '../../core/linalg/watch.ts'
import { fitPrincipalComponents } from '../../core/stats/principal-components.ts'

const here = path.dirname(fileURLToPath(import.meta.url))
const resultFile = path.resolve(here, '..', '..', 'test-results', 'bench.json')
const python = '/usr/bin/python3'
const RUNS = 5

interface Case {
  name: string
  data: string
  peer: string
  /** one run, prepared outside the clock */
  prepare: () => () => unknown
}

function normal(length: number): Float64Array {
  const random = new SeededRandom(1)
  return Float64Array.from({ length }, () => random.normal())
}

function symmetric(n: number): Float64Array {
  const a = normal(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!
  return a
}

const tall = normal(10_000 * 50)
const square = symmetric(500)
const columns = Array.from({ length: 50 }, (_, j) => `c${j}`)

const cases: Record<string, Case> = {
  pca: {
    name: 'PCA fit and scores, 50 components',
    data: '10,000 × 50 standard normal',
    peer: 'scikit-learn PCA(svd_solver="full").fit_transform',
    prepare: () => {
      const { memory } = kernels()
      const source = residentRows(memory.copy(tall), 10_000, 50)
      const options = { unitVariance: false, solver: 'auto', seed: 0 } as const
      return () => fitPrincipalComponents(source, columns, 50, options, () => unwatched)
    }
  },
  eigh: {
    name: 'symmetric eigenvalues and vectors',
    data: '500 × 500, standard normal entries',
    peer: 'numpy.linalg.eigh',
    prepare: () => () => eigh(createMatrix(500, 500, square))
  }
}

/** The same work on data of the same distribution: one warm-up, then the times in milliseconds. */
const peerProgram = `
import json, time, numpy
from sklearn.decomposition import PCA
random = numpy.random.default_rng(1)
tall = random.standard_normal((10000, 50))
square = random.standard_normal((500, 500))
def measure(work):
    work()
    times = []
    for _ in range(${RUNS}):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return times
print(json.dumps({
    "pca": measure(lambda: PCA(svd_solver="full").fit_transform(tall)),
    "eigh": measure(lambda: numpy.linalg.eigh(square)),
}))
`

function median(times: number[]): number {
  return times.slice().sort((x, y) => x - y)[Math.floor(times.length / 2)]!
}

function measure({ prepare }: Case): number[] {
  prepare()()
  return Array.from({ length: RUNS }, () => {
    const work = prepare()
    const start = performance.now()
    work()
    return performance.now() - start
  })
}

function measurePeers(): Record<string, number[]> | null {
  if (!existsSync(python)) return null
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
  const { status, stdout } = spawnSync(python, ['-c', peerProgram], { env, encoding: 'utf-8' })
  return status === 0 ? (JSON.parse(stdout) as Record<string, number[]>) : null
}

function run(wanted: string[]): void {
  const chosen = Object.entries(cases).filter(([key]) => wanted.length === 0 || wanted.includes(key))
  const peers = measurePeers()
  const results = chosen.map(([key, { name, data, peer, ...rest }]) => {
    const ours = median(measure({ name, data, peer, ...rest }))
    const theirs = peers?.[key] === undefined ? null : median(peers[key])
    const ratio = theirs === null ? null : ours / theirs
    const verdict = ratio === null ? `${peer} is not installed here` : `${ratio.toFixed(2)} times ${peer}`
    console.info(`${name} (${data}): ${ours.toFixed(0)} ms, ${verdict}`)
    return { name, data, peer, ourMilliseconds: ours, peerMilliseconds: theirs, ratio }
  })
  const machine = { processor: os.cpus()[0]?.model ?? 'unknown', pinned: isPinned(), runs: RUNS }
  mkdirSync(path.dirname(resultFile), { recursive: true })
  writeFileSync(resultFile, `${JSON.stringify({ machine, results }, null, 2)}\n`)
}

const isPinned = (): boolean => process.env['EIGENDESK_BENCH_PINNED'] === '1'

/** Starts this file again on one processor; false where that cannot be done. */
function restartPinned(args: string[]): boolean {
  if (isPinned() || spawnSync('taskset', ['--version']).status !== 0) return false
  const command = ['-c', '0', process.execPath, ...process.execArgv, fileURLToPath(import.meta.url), ...args]
  const env = { ...process.env, EIGENDESK_BENCH_PINNED: '1' }
  process.exitCode = spawnSync('taskset', command, { env, stdio: 'inherit' }).status ?? 1
  return true
}

const wanted = process.argv.slice(2)
if (!restartPinned(wanted)) run(wanted)
