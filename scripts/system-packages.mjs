import { spawnSync } from 'node:child_process'
import { PlainError, run, say } from './processes.mjs'

/** Which Debian package brings a shared library; GTK brings the rest of what Electron is linked against. */
const PACKAGE_OF_LIBRARY = [
  [/^lib(nss3|nssutil3|smime3|nspr4|plc4|plds4)\./, 'libnss3'],
  [/^libasound\./, 'libasound2'],
  [/^lib(gbm|drm)\./, 'libgbm1'],
  [/^libcups\./, 'libcups2'],
  [/./, 'libgtk-3-0']
]

/** Debian packages, without repetition, that bring the given shared libraries. */
export function packagesOf(libraries) {
  const find = (library) => PACKAGE_OF_LIBRARY.find(([pattern]) => pattern.test(library))[1]
  return [...new Set(libraries.map(find))]
}

/** Shared libraries a program needs and the system lacks; none where ldd is not there to say. */
export function findMissingLibraries(executable) {
  if (process.platform !== 'linux') return []
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' })
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map((found) => found[1])
}

/** Whether a program is on the path. */
export function hasProgram(name) {
  return !spawnSync(name, ['-version'], { stdio: 'ignore' }).error
}

/** Newer Debian and Ubuntu renamed some libraries with a 64-bit time: the name this system knows. */
function nameHere(name) {
  const renamed = `${name}t64`
  return spawnSync('apt-cache', ['show', renamed], { stdio: 'ignore' }).status === 0 ? renamed : name
}

async function install(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const stdio = ['ignore', process.stderr, process.stderr]
  await run('apt-get', ['update', '-qq'], { env, stdio })
  const chosen = names.map(nameHere)
  say(`installing system packages: ${chosen.join(' ')}`)
  return (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...chosen], { env, stdio })) === 0
}

/** Installs Debian packages where that needs no password (root, as on a fresh machine of a build service);
 * everywhere else says what to type.
 * @param names Debian packages
 * @param reason what is missing, in words */
export async function needPackages(names, reason) {
  const hasApt = hasProgram('apt-get')
  if (hasApt && process.getuid?.() === 0 && (await install(names))) return
  const sudo = process.getuid?.() === 0 ? '' : 'sudo '
  const remedy = hasApt
    ? `Type: ${sudo}apt-get install -y ${names.map(nameHere).join(' ')}`
    : `Install what your system calls these Debian packages: ${names.join(' ')}`
  throw new PlainError(`${reason}. ${remedy}`)
}
