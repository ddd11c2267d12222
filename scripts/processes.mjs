import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. (import.meta.dirname would fail on the old Node we want to warn about.) */
export const root = resolve(fileURLToPath(import.meta.url), '..', '..')

/** The folder the person was in: npm changes to the repository's and remembers theirs. */
export const launchFolder = process.env.INIT_CWD ?? process.cwd()

/** Words go to stderr, so that stdout is the command's own. */
export function say(words) {
  process.stderr.write(`eigendesk: ${words}\n`)
}

/** A failure a person can mend: its message is all they need to read, so it is shown without a stack. */
export class PlainError extends Error {}

/** Runs a program with our stdin, stdout and stderr (or options.stdio), passes SIGTERM and SIGHUP on, and resolves to
 * its exit code: 128 + the signal's number where one ended it, as shells count. Ctrl-C reaches it from the terminal. */
export function run(command, args, { cwd = root, env = process.env, stdio = 'inherit' } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env, stdio })
    const passOn = (signal) => child.kill(signal)
    const wait = () => undefined
    const signals = [
      ['SIGTERM', passOn],
      ['SIGHUP', passOn],
      ['SIGINT', wait]
    ]
    for (const [signal, listener] of signals) process.on(signal, listener)
    const release = () => {
      for (const [signal, listener] of signals) process.off(signal, listener)
    }
    child.on('error', (error) => {
      release()
      fail(error)
    })
    child.on('close', (code, signal) => {
      release()
      done(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

/** Runs npm quietly: its notices go to stderr, and .npmrc's json=true is switched off. */
export function runNpm(args) {
  const quiet = [...args, '--no-json', '--no-audit', '--no-fund', '--loglevel=error']
  const stdio = ['ignore', process.stderr, process.stderr]
  const npm = process.env.npm_execpath
  if (npm?.endsWith('.js')) return run(process.execPath, [npm, ...quiet], { stdio })
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...quiet], { stdio })
  return run('npm', quiet, { stdio })
}

/** Runs a command's main function and ends the process with what it returns. */
export async function main(command) {
  try {
    process.exitCode = await command(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
