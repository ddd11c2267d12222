import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findRuntime, runtimeEnvironment } from './electron-runtime.mjs'
import { ensureKernels } from './kernels.mjs'
import { PlainError, root, run, runNpm, say } from './processes.mjs'
import { checkSandbox } from './sandbox.mjs'
import { findMissingLibraries, needPackages, packagesOf } from './system-packages.mjs'

const at = (...parts) => join(root, ...parts)
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** What the build is made from: a change in any of these makes it old. */
const BUILD_INPUTS = [
  'core',
  'electron',
  'renderer',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package-lock.json'
]
const BUILD_STAMP = at('out', '.stamp')
/** What must be there for a build to count as whole. */
const BUILD_OUTPUTS = [
  'main/index.js',
  'main/engine.js',
  'main/compute.js',
  'main/team-member.js',
  'main/lane-member.js',
  'main/cli.js',
  'preload/index.cjs',
  'renderer/index.html'
]

/** Checks that the Node that runs this is one the tools run on. */
export function ensureNode() {
  const wanted = readJson(at('package.json')).engines.node.replace('>=', '')
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number)
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new PlainError(
    `Node ${process.versions.node} is too old: install Node ${wanted} or newer (https://nodejs.org).`
  )
}

/** Whether node_modules holds what package-lock.json names: npm writes what it installed beside it. A package that may
 * be absent (of another platform) is not missed. */
export function isInstalled() {
  const installedFile = at('node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const installed = readJson(installedFile).packages
  return Object.entries(readJson(at('package-lock.json')).packages).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed[path]
    return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.devOptional)
  })
}

/** Installs the packages where they are missing or other than package-lock.json says. */
export async function ensureInstalled() {
  ensureNode()
  if (isInstalled()) return
  say('installing packages (npm ci)…')
  if ((await runNpm(['ci'])) !== 0)
    throw new PlainError('the packages could not be installed. Check the network, then type: npm ci')
}

/** Packages, the kernels compiled, Electron and the system libraries it needs.
 * @returns the runtime, as findRuntime gives it */
export async function ensureRuntime() {
  await ensureInstalled()
  await ensureKernels()
  const runtime = await findRuntime()
  const missing = findMissingLibraries(runtime.executable)
  if (missing.length > 0)
    await needPackages(packagesOf(missing), `Electron needs system libraries that are missing (${missing.join(', ')})`)
  return runtime
}

function* listFiles(path) {
  const entries = readdirSync(at(path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const inner = `${path}/${entry.name}`
    if (entry.isDirectory()) yield* listFiles(inner)
    else yield inner
  }
}

function hashInputs() {
  const hash = createHash('sha256')
  for (const input of BUILD_INPUTS) {
    const isFile = input.includes('.')
    for (const file of isFile ? [input] : listFiles(input)) {
      const content = readFileSync(at(file))
      hash.update(`${file}\0${content.length}\0`).update(content)
    }
  }
  return hash.digest('hex')
}

/** Whether out/ was built from the sources as they are now. */
export function isBuilt() {
  const whole = BUILD_OUTPUTS.every((file) => existsSync(at('out', file)))
  return whole && existsSync(BUILD_STAMP) && readFileSync(BUILD_STAMP, 'utf8') === hashInputs()
}

/** Builds the app into out/, and marks it with what it was built from.
 * @returns the exit code of the build */
export async function build(runtime) {
  rmSync(BUILD_STAMP, { force: true })
  const inputs = hashInputs()
  const tool = at('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const stdio = ['ignore', process.stderr, process.stderr]
  const code = await run(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
    env: runtimeEnvironment(runtime),
    stdio
  })
  if (code !== 0) return code
  mkdirSync(dirname(BUILD_STAMP), { recursive: true })
  writeFileSync(BUILD_STAMP, inputs)
  return 0
}

/** Everything needed to run the app: packages, runtime, libraries, a build of the sources as they are. */
export async function ensureReady() {
  const runtime = await ensureRuntime()
  if (isBuilt()) return runtime
  say('building…')
  if ((await build(runtime)) !== 0) throw new PlainError('the build failed; what is wrong stands above.')
  return runtime
}

/** All of that, and what a window needs besides. */
export async function ensureWindow() {
  const runtime = await ensureReady()
  checkSandbox(runtime)
  return runtime
}
