import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Benchmark } from '../benchmark.ts'
import { MEMORY_STEPS } from '../memory-steps.ts'
import { atMost, timed } from '../table.ts'
import { writeNumbersFile } from '../table-files.ts'
import { measureInWindow } from '../window-bench.ts'

const COLUMNS = 20
/** What the whole app may take, all its processes together. */
const ALLOWED = 2 * 2 ** 30

/** The most memory the app has in each step of a person's way through a million rows. */
export function measureAppMemory(bench: Benchmark): Promise<void> {
  // A window is not opened to show that everything runs.
  if (!bench.quick) measure(bench)
  return Promise.resolve()
}

function measure(bench: Benchmark): void {
  if (!existsSync('/proc/self/smaps_rollup')) {
    return console.info('This system does not tell what memory processes share: nothing is measured.')
  }
  const rows = 1_000_000
  const folder = mkdtempSync(path.join(os.tmpdir(), 'eigendesk-bench-memory-'))
  try {
    const file = path.join(folder, 'table.csv')
    writeNumbersFile(file, rows, COLUMNS)
    const peaks = measureInWindow('app-memory', folder, { BENCH_FILE: file })
    if (typeof peaks === 'string') return console.info(peaks)
    MEMORY_STEPS.forEach((step, at) => {
      const bytes = peaks[0]![at]!
      bench.add({
        measure: `memory of the app (MB): ${step}`,
        data: `${rows.toLocaleString('en')} × ${COLUMNS}`,
        ours: timed('window', [bytes / 1e6]),
        peer: timed('allowed', [ALLOWED / 1e6]),
        ratio: bytes / ALLOWED,
        demand: atMost(1, null)
      })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
