import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark } from '../benchmark.ts'
import type { Answer } from '../peers.ts'
import { ImportBench } from '../import-bench.ts'
import { writeNumbersFile, writeTextFile } from '../table-files.ts'
import { atMost, rowAgainst, timed } from '../table.ts'

const RUNS = 5
const COLUMNS = 20
/** Bytes the engine may have resident while a file of any length is opened. */
const MEMORY_ALLOWED = 700e6

/** Does something with a file that is gone afterwards. */
async function withFile(write: (file: string) => void, use: (file: string, folder: string) => Promise<void>) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'eigendesk-bench-import-'))
  try {
    const file = path.join(folder, 'table.csv')
    write(file)
    await use(file, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const numbers =
  (rows: number, columns: number, words = false) =>
  (file: string): void =>
    writeNumbersFile(file, rows, columns, words)

const megabytes = (file: string): string => `${(statSync(file).size / 1e6).toFixed(0)} MB`

/** Debian's own: a python found first on the path may have no pandas. */
const PYTHON = '/usr/bin/python3'

interface PandasAnswer {
  milliseconds: number
  version: string
}

/** What pandas takes to parse the file; a sentence where there is none. */
function askPandas(file: string): PandasAnswer | string {
  const program = fileURLToPath(new URL('../read_csv.py', import.meta.url))
  const { stdout, error } = spawnSync(PYTHON, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (error) return `There is no ${PYTHON}.`
  const answer = JSON.parse(String(stdout)) as PandasAnswer | { absent: string }
  return 'absent' in answer ? answer.absent : answer
}

/** From a file to stored columns, beside what pandas takes only to parse it. They take turns; the processors are those of
 * the whole process, as the threads of the engine are its own business. */
export async function measureImport(bench: Benchmark): Promise<void> {
  const rows = bench.quick ? 2_000 : 1_000_000
  await measureFile(bench, { rows, words: false, demand: atMost(0.5, null) })
  // none is asked for here: no slower than what parses alone
  await measureFile(bench, { rows, words: true, demand: atMost(1, null) })
}

interface Measured {
  rows: number
  words: boolean
  demand: ReturnType<typeof atMost>
}

async function measureFile(bench: Benchmark, { rows, words, demand }: Measured): Promise<void> {
  await withFile(numbers(rows, COLUMNS, words), async (file, folder) => {
    const ours = new ImportBench(folder)
    const times: number[] = []
    const theirs: number[] = []
    let name = ''
    try {
      // the first one compiles what it runs
      await ours.importOnce(file)
      for (let run = 0; run < RUNS; run++) {
        times.push(await ours.importOnce(file))
        const answer = askPandas(file)
        if (typeof answer === 'string') name = answer
        else {
          name = `pandas ${answer.version} read_csv`
          theirs.push(answer.milliseconds)
        }
      }
    } finally {
      await ours.close()
    }
    const row = {
      measure: 'import, file to stored columns',
      data: `${rows} × ${COLUMNS}${words ? ' with a date and a city' : ''}, ${megabytes(file)}`
    }
    const answer =
      theirs.length === 0
        ? null
        : ({ candidates: [{ name, times: theirs, values: [] }], skipped: [], reference: [] } satisfies Answer)
    const does = 'ours detects, parses, takes statistics and a digest, and stores durably; theirs parses'
    const remark = answer ? does : name
    bench.add(rowAgainst(answer, { ...row, ours: timed('import', times), demand, remark }))
  })
}

/** The most memory a process has resident while it imports, over what is allowed. BIG=1: ten gigabytes of numbers and one of
 * text. */
export async function measureImportMemory(bench: Benchmark): Promise<void> {
  const big = process.env['BIG'] === '1'
  const rows = big ? 52_600_000 : 5_260_000
  const text = (bytes: number) => ({
    shape: 'one column of text',
    write: (file: string): void => writeTextFile(file, bytes)
  })
  const shaped = (nRows: number, columns: number) => ({
    shape: `${nRows} × ${columns}`,
    write: numbers(nRows, columns)
  })
  const files = bench.quick
    ? [shaped(2_000, COLUMNS), text(100_000)]
    : [shaped(rows, COLUMNS), shaped(1_000, 10_000), text(big ? 1e9 : 250e6)]
  for (const { shape, write } of files) {
    await withFile(write, (file) => {
      const program = fileURLToPath(new URL('../import-once.ts', import.meta.url))
      const { stdout } = spawnSync(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] })
      const { milliseconds, peakBytes } = JSON.parse(String(stdout)) as { milliseconds: number; peakBytes: number }
      bench.add({
        measure: 'import, peak memory (MB)',
        data: `${shape}, ${megabytes(file)}`,
        ours: timed('import', [peakBytes / 1e6]),
        peer: timed('allowed', [MEMORY_ALLOWED / 1e6]),
        ratio: peakBytes / MEMORY_ALLOWED,
        demand: atMost(1, null),
        remark: `imported in ${(milliseconds / 1000).toFixed(1)} s by a process just started`
      })
      return Promise.resolve()
    })
  }
}
