/** How fast the linear algebra is, as ratios to numpy, scipy, scikit-learn and ml-pca and to what the processor can do:
 * `npm run bench [-- name… --threads n --quick --output file]`. Each row says what is wanted of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Benchmark } from './benchmark.ts'
import { measureAccuracy } from './cases/accuracy.ts'
import { measureAppMemory } from './cases/app-memory.ts'
import { measureEigen } from './cases/eigen.ts'
import { measureFactorMap } from './cases/factor-map.ts'
import { measureFactorization } from './cases/factorization.ts'
import { measureFirstPicture } from './cases/first-picture.ts'
import { measureGrowth } from './cases/growth.ts'
import { measureImport, measureImportMemory } from './cases/import.ts'
import { measureMlPca } from './cases/ml-pca.ts'
import { measurePrincipalComponents } from './cases/principal-components.ts'
import { measureProducts } from './cases/products.ts'
import { measureRankings } from './cases/ranking.ts'
import { measureResampling } from './cases/resampling.ts'
import { measureScorePlot } from './cases/score-plot.ts'
import { measureScrolling } from './cases/scrolling.ts'
import { measureSingularValues } from './cases/singular-values.ts'
import { measureSparse } from './cases/sparse.ts'
import { Peers } from './peers.ts'
import { describeRow, heading, verdictOf } from './table.ts'

/** Programs that compute while the benchmark has not begun. */
const BUSY = 0.5

const RESULT = fileURLToPath(new URL('../../test-results/bench.json', import.meta.url))

const GROUPS: Record<string, (bench: Benchmark) => Promise<void>> = {
  products: measureProducts,
  eigen: measureEigen,
  'singular-values': measureSingularValues,
  'principal-components': measurePrincipalComponents,
  'ml-pca': measureMlPca,
  ranking: measureRankings,
  resampling: measureResampling,
  sparse: measureSparse,
  factorization: measureFactorization,
  growth: measureGrowth,
  import: measureImport,
  'import-memory': measureImportMemory,
  scrolling: measureScrolling,
  'first-picture': measureFirstPicture,
  'score-plot': measureScorePlot,
  'factor-map': measureFactorMap,
  'app-memory': measureAppMemory,
  accuracy: measureAccuracy
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    output: { type: 'string', default: RESULT },
    threads: { type: 'string', default: '2' }
  }
})

const threads = Number(options.threads)

async function startPeers(): Promise<Peers | null> {
  const peers = await Peers.start()
  if (peers instanceof Peers) return peers
  console.info(`${peers} Ours alone is measured.`)
  return null
}

async function run(names: string[], folder: string): Promise<void> {
  // Python first: what is started from a pinned thread is pinned with it.
  const peers = options.quick ? null : await startPeers()
  const bench = new Benchmark(options.quick, threads, peers, folder, (row) => console.info(describeRow(row)))
  const load = os.loadavg()[0]!
  if (load > BUSY) console.info(`The machine is busy, load ${load.toFixed(1)}: times of two threads are uncertain.`)
  console.info(heading())
  try {
    for (const name of names) await GROUPS[name]!(bench)
  } finally {
    bench.end()
  }
  if (!bench.pinned) console.info('The threads could not be pinned to processors: ratios are less certain.')
  const machine = {
    processor: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    threads,
    load,
    pinned: bench.pinned,
    effort: bench.effort,
    versions: { electron: process.versions['electron'], v8: process.versions.v8, ...peers?.versions }
  }
  const rows = bench.rows.map((row) => ({ ...row, verdict: verdictOf(row) }))
  mkdirSync(path.dirname(options.output), { recursive: true })
  writeFileSync(options.output, `${JSON.stringify({ machine, rows }, null, 2)}\n`)
}

function refuse(reason: string): void {
  console.error(reason)
  process.exitCode = 1
}

const unknown = positionals.filter((name) => !(name in GROUPS))
if (unknown.length > 0) {
  refuse(`There is no ${unknown.join(', ')}: ${Object.keys(GROUPS).join(', ')}.`)
} else if (!Number.isInteger(threads) || threads < 1) {
  refuse(`--threads ${options.threads}: a number of threads, from 1.`)
} else {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'eigendesk-bench-'))
  try {
    await run(positionals.length > 0 ? positionals : Object.keys(GROUPS), folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
