import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onAllProcessors } from './pinning.ts'

const root = resolve(import.meta.dirname, '..', '..')

/** Measures in the window of the built app, under a display of its own where there is none, and returns the milliseconds of
 * the parts of every run; a sentence where the window could not be opened.
 * @param name the part of its file name before .window.ts */
export function measureInWindow(name: string, folder: string, given: Record<string, string>): number[][] | string {
  const result = join(folder, `${name}.json`)
  const env: NodeJS.ProcessEnv = { ...process.env, ...given, BENCH_RESULT: result }
  delete env['ELECTRON_RUN_AS_NODE']
  const [command, args] = onAllProcessors('node', ['scripts/bench-window.mjs', name])
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' })
  if (error || status !== 0) return `The window could not be measured: ${error?.message ?? `exit code ${status}`}.`
  return JSON.parse(readFileSync(result, 'utf8')) as number[][]
}
