import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

/** Under this key the threads of a process find the one counter they share. */
const KEY = 'steps'
const SLOT = { armed: 0, steps: 1, killAt: 2, slots: 3 }

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

/** Makes the counter; threads started from now on share it. */
export function shareCounter(): Int32Array {
  const counter = new Int32Array(new SharedArrayBuffer(SLOT.slots * Int32Array.BYTES_PER_ELEMENT))
  setEnvironmentData(KEY, counter)
  return counter
}

/** The counter of this process, in a thread of it; undefined where none was made. */
export function sharedCounter(): Int32Array | undefined {
  return getEnvironmentData(KEY) as Int32Array | undefined
}

/** Steps count from now on, and the process dies just before the given one, as by kill -9; 0: it only counts. */
export function armCounter(counter: Int32Array, killAt: number): void {
  counter[SLOT.killAt] = killAt
  Atomics.store(counter, SLOT.armed, 1)
}

export const stepsOf = (counter: Int32Array): number => Atomics.load(counter, SLOT.steps)

/** Has each call of a function counted. Nothing in the program knows of it: what the platform offers is wrapped. */
export function countCalls(counter: Int32Array, owner: object, name: string): void {
  const step = Reflect.get(owner, name) as Step
  const counted = function (this: unknown, ...given: never[]): unknown {
    if (Atomics.load(counter, SLOT.armed) === 1) {
      const nth = Atomics.add(counter, SLOT.steps, 1) + 1
      if (nth === counter[SLOT.killAt]) process.kill(process.pid, 'SIGKILL')
    }
    return step.apply(this, given)
  }
  Object.defineProperty(owner, name, { value: counted, configurable: true, writable: true })
}

/** Counts the changes of files in this thread. */
export function countFileSteps(counter: Int32Array): void {
  for (const name of fileSteps) countCalls(counter, fs, name)
  syncBuiltinESMExports()
}
