import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { SessionFile } from '../../../core/session/session-file.ts'
import type { Benchmark } from '../benchmark.ts'
import { fillNormal } from '../data.ts'
import { storeTable } from '../stored-table.ts'
import { atMost, timed } from '../table.ts'

/** What a window of 1920 × 1080 shows at once, with what is fetched ahead. */
const ROWS_IN_SIGHT = 80
const COLUMNS_IN_SIGHT = 20
const SCREENS = 200
/** The window answers within this, ms. */
const ALLOWED_MS = 100

/** Reads screens at places all over a table and returns the milliseconds of each.
 * @param scattered rows as they lie under a sort, else those that stand together */
function readScreens(session: SessionFile, nRows: number, nColumns: number, scattered: boolean): number[] {
  const places = fillNormal(new Float64Array(SCREENS * (2 + ROWS_IN_SIGHT)), 7).map((value) => Math.abs(value) % 1)
  let next = 0
  const place = (below: number): number => Math.floor(places[next++]! * below)
  return Array.from({ length: SCREENS }, () => {
    const first = place(nRows - ROWS_IN_SIGHT)
    const rows = Array.from({ length: ROWS_IN_SIGHT }, (_, i) => (scattered ? place(nRows) : first + i))
    // A sorted table is scrolled down far more than across: across, each new column is read whole.
    const left = scattered ? 0 : place(nColumns - COLUMNS_IN_SIGHT)
    const positions = Array.from({ length: COLUMNS_IN_SIGHT }, (_, i) => left + i)
    const start = performance.now()
    session.cells.cells('wide', rows, positions)
    return performance.now() - start
  })
}

/** What a table that is jumped about in waits for: the cells of a screen. BIG=1: a thousand columns, eight gigabytes. */
export function measureScrolling(bench: Benchmark): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'eigendesk-bench-scroll-'))
  const nRows = bench.quick ? 3_000 : 1_000_000
  const nColumns = bench.quick ? 40 : process.env['BIG'] === '1' ? 1_000 : 100
  const session = storeTable(path.join(folder, 'wide.eigendesk'), nRows, nColumns)
  try {
    for (const scattered of [false, true]) {
      const times = readScreens(session, nRows, nColumns, scattered)
      const slowest = Math.max(...times)
      const peer = timed('allowed', [ALLOWED_MS, ALLOWED_MS, ALLOWED_MS])
      bench.add({
        measure: `a screen of cells, ${scattered ? 'rows of a sort' : 'anywhere'}`,
        data: `${nRows} × ${nColumns}, ${ROWS_IN_SIGHT} × ${COLUMNS_IN_SIGHT} in sight`,
        ours: timed('cells', times),
        peer,
        ratio: slowest / ALLOWED_MS,
        demand: atMost(1, null),
        remark: `the ratio is that of the slowest of ${SCREENS}: ${slowest.toFixed(1)} ms`
      })
    }
  } finally {
    session.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return Promise.resolve()
}
