import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark } from '../benchmark.ts'
import type { Answer } from '../peers.ts'
import { onAllProcessors } from '../pinning.ts'
import { atMost, rowAgainst, timed } from '../table.ts'
import { writeNumbersFile } from '../table-files.ts'
import { measureInWindow } from '../window-bench.ts'

const RUNS = 5
const COLUMNS = 20
/** Debian's own: a python found first on the path may have no scikit-learn. */
const PYTHON = '/usr/bin/python3'

interface PythonAnswer {
  /** milliseconds in all, and of reading, fitting, drawing */
  steps: number[]
  versions: string
}

/** From a file to the picture of its scores: in the window of the app (from the click on Import until the table is there, and
 * from the click on Run until the points are drawn), beside pandas, scikit-learn and matplotlib. The file is read while its
 * preview is looked at; the second row is of somebody who does not look, and counts the preview too. */
export function measureFirstPicture(bench: Benchmark): Promise<void> {
  // A window is not opened to show that everything runs.
  if (!bench.quick) measure(bench)
  return Promise.resolve()
}

function measure(bench: Benchmark): void {
  const rows = 1_000_000
  const folder = mkdtempSync(path.join(os.tmpdir(), 'eigendesk-bench-picture-'))
  try {
    const file = path.join(folder, 'table.csv')
    writeNumbersFile(file, rows, COLUMNS)
    const ours = measureInWindow('first-picture', folder, {
      BENCH_FILE: file,
      BENCH_RUNS: String(RUNS)
    })
    if (typeof ours === 'string') return console.info(ours)
    const answers = Array.from({ length: RUNS }, () => askPython(file, path.join(folder, 'picture.png')))
    const theirs = answers.filter((answer) => answer !== null)
    const all = (name: string, of: (parts: number[]) => number) => timed(name, ours.map(of))
    const part = (at: number): string => all('', (parts) => parts[at]!).milliseconds.toFixed(0)
    const looking = all('window', ([, read, drawn]) => read! + drawn!)
    const atOnce = all('window', ([, , , preview, read, drawn]) => preview! + read! + drawn!)
    const answer: Answer | null =
      theirs.length === 0
        ? null
        : {
            candidates: [{ name: theirs[0]!.versions, times: theirs.map(({ steps }) => steps[0]!), values: [] }],
            skipped: [],
            reference: []
          }
    bench.add(
      rowAgainst(answer, {
        measure: 'file to first picture',
        data: `${rows.toLocaleString('en')} × ${COLUMNS}`,
        ours: looking,
        demand: atMost(0.5, null),
        remark: `what is waited for after a look of 1 s each: import ${part(1)} ms, fit and draw ${part(2)} ms; the preview before, ${part(0)} ms, is not counted`
      })
    )
    bench.add(
      rowAgainst(answer, {
        measure: 'the same, nobody looks',
        data: `${rows.toLocaleString('en')} × ${COLUMNS}`,
        ours: atOnce,
        demand: null,
        remark: `everything is counted: preview ${part(3)} ms, import ${part(4)} ms, fit and draw ${part(5)} ms`
      })
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function askPython(file: string, picture: string): PythonAnswer | null {
  if (!existsSync(PYTHON)) {
    console.info(`There is no ${PYTHON}.`)
    return null
  }
  const program = fileURLToPath(new URL('../first_picture.py', import.meta.url))
  const [command, args] = onAllProcessors(PYTHON, [program, file, picture])
  const { stdout } = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const answer = JSON.parse(String(stdout)) as PythonAnswer | { absent: string }
  if (!('absent' in answer)) return answer
  console.info(answer.absent)
  return null
}
