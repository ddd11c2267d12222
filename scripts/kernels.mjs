// Compiles the AssemblyScript kernels of each room that has some into one WebAssembly module, with npm's compiler alone:
// core/<room>/kernels/kernels.wasm, and compiled.ts beside it, which holds the same bytes as text, so that the app, the
// command line, the tests and the benchmarks all load them without asking where a file lies.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError, root, run } from './processes.mjs'

const rooms = ['linalg', 'table']

/** Relaxed SIMD: a fused multiply-add where the processor has one. The memory is shared and may grow to 4 GiB; its first
 * 64 KiB hold, for the linear algebra, the control block of the team. */
const OPTIONS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd,relaxed-simd,threads'],
  ...['--importMemory', '--noExportMemory', '--sharedMemory', '--initialMemory', '4', '--maximumMemory', '65536'],
  ...['--memoryBase', '65536']
]

function hashSources(sources) {
  const hash = createHash('sha256')
    .update(OPTIONS.join(' '))
    .update(readFileSync(join(root, 'package-lock.json')))
  for (const file of readdirSync(sources).sort()) hash.update(`${file}\0`).update(readFileSync(join(sources, file)))
  return hash.digest('hex')
}

/** Compiles the kernels where they are missing or older than their sources. */
export async function ensureKernels() {
  for (const room of rooms) await ensureRoom(join(root, 'core', room, 'kernels'))
}

/** Two commands may do so at once, so each writes files of its own and renames them when they are whole; the stamp stands
 * in the one that is renamed last. */
async function ensureRoom(folder) {
  const sources = join(folder, 'assembly')
  const binary = join(folder, 'kernels.wasm')
  const module = join(folder, 'compiled.ts')
  const stamp = `// Made by scripts/kernels.mjs from ${hashSources(sources)}`
  if (existsSync(binary) && existsSync(module) && readFileSync(module, 'utf8').startsWith(stamp)) return
  const compiler = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  const entry = join(sources, 'index.ts')
  const made = `${binary}.${process.pid}`
  const written = `${module}.${process.pid}`
  const stdio = ['ignore', process.stderr, process.stderr]
  const code = await run(process.execPath, [compiler, entry, '-o', made, ...OPTIONS], { stdio })
  if (code !== 0) throw new PlainError('the kernels could not be compiled; what is wrong stands above.')
  const text = readFileSync(made).toString('base64')
  writeFileSync(written, `${stamp}\nexport const compiledKernels =\n  '${text}'\n`)
  renameSync(made, binary)
  renameSync(written, module)
}

if (process.argv[1] === import.meta.filename) await ensureKernels()
