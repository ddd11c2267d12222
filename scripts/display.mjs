import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PlainError, say } from './processes.mjs'
import { hasProgram, needPackages } from './system-packages.mjs'

/** Room for the largest window a test or a screenshot asks for. */
const SCREEN = '1920x1200x24'

/** Draw on the processor: a virtual screen has no graphics card, and plots want WebGL. */
export const SOFTWARE_GRAPHICS = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

/** Whether windows can be shown where we run. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** An X authority file with one random cookie, valid for any host and display number (format: Xauth, libXau). */
function writeAuthority(file) {
  const field = (bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  const FAMILY_WILD = Buffer.from([0xff, 0xff])
  const nothing = Buffer.alloc(0)
  const parts = [nothing, nothing, Buffer.from('MIT-MAGIC-COOKIE-1'), randomBytes(16)].map(field)
  writeFileSync(file, Buffer.concat([FAMILY_WILD, ...parts]), { mode: 0o600 })
}

/** Starts Xvfb on the first free display number, which it reports itself. */
function startServer(authority) {
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-auth', authority]
  // In a process group of its own: Ctrl-C must end the app first, and the screen under it after.
  const server = spawn('Xvfb', args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  return new Promise((done, fail) => {
    server.stdio[3].once('data', (number) => done({ server, display: `:${String(number).trim()}` }))
    server.once('error', fail)
    server.once('exit', (code) => fail(new PlainError(`the virtual screen (Xvfb) ended at once, code ${code}.`)))
  })
}

/** Calls action with the variables that give it a screen: the real one, or an Xvfb that ends with it. */
export async function withDisplay(env, action) {
  if (hasDisplay()) return action(env)
  if (!hasProgram('Xvfb'))
    await needPackages(
      ['xvfb', 'fonts-dejavu-core'],
      'There is no display, and no virtual screen (Xvfb) to use instead'
    )
  say('no display here: running on a virtual screen (Xvfb)')
  const folder = mkdtempSync(join(tmpdir(), 'eigendesk-display-'))
  const authority = join(folder, 'authority')
  writeAuthority(authority)
  const { server, display } = await startServer(authority)
  try {
    return await action({ ...env, DISPLAY: display, XAUTHORITY: authority })
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
