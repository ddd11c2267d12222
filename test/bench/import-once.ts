/** Imports a file in a process of its own and tells, as JSON, what it took: `import-once.ts <file>`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ImportBench } from './import-bench.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'eigendesk-import-'))
try {
  const bench = new ImportBench(folder)
  const milliseconds = await bench.importOnce(process.argv[2]!)
  await bench.close()
  // The most memory the process ever had resident, its threads included (proc(5)).
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  process.stdout.write(`${JSON.stringify({ milliseconds, peakBytes: 1024 * Number(peak) })}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
