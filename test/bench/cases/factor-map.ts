import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Benchmark } from '../benchmark.ts'
import { powerLawRatings } from '../data.ts'
import { atMost, timed } from '../table.ts'
import { measureInWindow } from '../window-bench.ts'

const RUNS = 5
const [USERS, ITEMS, RATINGS] = [200_000, 60_000, 4_000_000]
const LINES_AT_ONCE = 50_000

/** What a person waits for at a map of so many users and items, and what is allowed, ms. */
const WAITS = [
  { measure: 'a map of users and items opened', allowed: 2000 },
  { measure: 'a frame while the map is moved, the slowest of 20', allowed: 50 },
  { measure: 'a star, until the list is another', allowed: 100 }
]

/** The map of a factorization in the window of the app, on whatever draws there: without a graphics card points are thinned. */
export function measureFactorMap(bench: Benchmark): Promise<void> {
  // A window is not opened to show that everything runs.
  if (bench.quick) return Promise.resolve()
  const folder = mkdtempSync(path.join(os.tmpdir(), 'eigendesk-bench-map-'))
  try {
    const file = path.join(folder, 'ratings.csv')
    writeRatingsFile(file)
    const times = measureInWindow('factor-map', folder, { BENCH_FILE: file, BENCH_RUNS: String(RUNS) })
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
        data: `${USERS.toLocaleString('en')} × ${ITEMS.toLocaleString('en')}`,
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

function writeRatingsFile(file: string): void {
  const { rows, rowStarts, columnIndexes, values } = powerLawRatings(USERS, ITEMS, RATINGS)
  const opened = openSync(file, 'w')
  try {
    let lines = ['user,item,rating']
    for (let user = 0; user < rows; user++) {
      for (let t = rowStarts[user]!; t < rowStarts[user + 1]!; t++) {
        lines.push(`u${user},Film ${columnIndexes[t]!},${values[t]!}`)
      }
      if (lines.length < LINES_AT_ONCE && user < rows - 1) continue
      writeSync(opened, `${lines.join('\n')}\n`)
      lines = []
    }
  } finally {
    closeSync(opened)
  }
}
