import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Benchmark } from '../benchmark.ts'
import { atMost, timed } from '../table.ts'
import { writeNumbersFile } from '../table-files.ts'
import { measureInWindow } from '../window-bench.ts'

const RUNS = 5
const COLUMNS = 20

/** What a person waits for at a plot of a million points, and what is allowed, ms. */
const WAITS = [
  { measure: 'a score plot opened', allowed: 2000 },
  { measure: 'another pair of components', allowed: 300 },
  { measure: 'a lasso, until the table shows it', allowed: 100 }
]

/** The score plot in the window of the app, on whatever draws there: without a graphics card points are thinned. */
export function measureScorePlot(bench: Benchmark): Promise<void> {
  // A window is not opened to show that everything runs.
  if (bench.quick) return Promise.resolve()
  const rows = 1_000_000
  const folder = mkdtempSync(path.join(os.tmpdir(), 'eigendesk-bench-scores-'))
  try {
    const file = path.join(folder, 'table.csv')
    writeNumbersFile(file, rows, COLUMNS)
    const times = measureInWindow('score-plot', folder, {
      BENCH_FILE: file,
      BENCH_RUNS: String(RUNS)
    })
    if (typeof times === 'string') {
      console.info(times)
      return Promise.resolve()
    }
    WAITS.forEach(({ measure, allowed }, part) => {
      const ours = timed(
        'window',
        times.map((run) => run[part]!)
      )
      bench.add({
        measure,
        data: `${rows.toLocaleString('en')} × ${COLUMNS}`,
        ours,
        peer: timed('allowed', [allowed, allowed, allowed]),
        ratio: ours.milliseconds / allowed,
        demand: atMost(1, null)
      })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return Promise.resolve()
}
