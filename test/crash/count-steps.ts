import Database from 'better-sqlite3'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** File calls that change something on the disk, or end changing it. */
const fileSteps = [
  'openSync',
  'writeSync',
  'writeFileSync',
  'fsyncSync',
  'closeSync',
  'renameSync',
  'linkSync',
  'rmSync'
]

type Step = (...given: never[]) => unknown

/** From now on counts every statement given to SQLite and every change of a file in this thread, and kills the process, as
 * kill -9 does, just before one of them. Nothing in the program knows of it: the functions of the platform are wrapped.
 * @param killAt which step is not taken any more, from 1; 0 only counts
 * @returns how many there were so far */
export function countSteps(killAt: number): () => number {
  let steps = 0
  const wrap = (owner: object, name: string): void => {
    const step = Reflect.get(owner, name) as Step
    const counted = function (this: unknown, ...given: never[]): unknown {
      if (++steps === killAt) process.kill(process.pid, 'SIGKILL')
      return step.apply(this, given)
    }
    Object.defineProperty(owner, name, { value: counted, configurable: true, writable: true })
  }
  const memory = new Database(':memory:')
  const statement = Object.getPrototypeOf(memory.prepare('SELECT 1')) as object
  for (const name of ['run', 'get', 'all']) wrap(statement, name)
  for (const name of ['exec', 'pragma', 'close']) wrap(Database.prototype, name)
  for (const name of fileSteps) wrap(fs, name)
  syncBuiltinESMExports()
  return () => steps
}
