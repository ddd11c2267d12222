import { setTimeout as wait } from 'node:timers/promises'
import type { CallName } from '../contract/calls.ts'
import type { Desk } from './desk.ts'

/** Calls that only read, or concern nothing that is being stored: they are answered meanwhile, from memory where need be. */
const BESIDE: ReadonlySet<CallName> = new Set<CallName>([
  'session.get',
  'session.setView',
  'recent.list',
  'setting.get',
  'setting.set',
  'import.preview',
  'dataset.rows',
  'dataset.column',
  'dataset.imputed',
  'dataset.rowAtLine',
  'table.arrange',
  'table.span',
  'table.position',
  'table.cells',
  'table.cell',
  'table.find',
  'columns.describe',
  'columns.detail',
  'columns.correlate',
  'analysis.get',
  'analysis.array',
  'analysis.list',
  'analysis.plot',
  'analysis.rows',
  'export.tables',
  'study.get',
  'job.cancel'
])

/** All others wait until what is looked at is stored, for some tenths of a second: they would change what is being stored, or
 * need it in the database. */
export function waitForStoring(desk: Desk, call: CallName): Promise<void> | null {
  if (BESIDE.has(call) || !desk.session.analyses.isHolding) return null
  return settled(desk)
}

/** A page that has something new to show asks for it call by call, with pauses shorter than this, ms. */
const PAUSE_MS = 60
/** Its calls have precedence over storing for so long at most, ms. */
const LONGEST_MS = 400
/** How often who waits looks whether it may go on, ms: the thread is for those who do something. */
const LOOK_MS = 10

/** When calls came last: while they come one after another, storing waits. */
export class CallTimes {
  #last = -Infinity

  note(): void {
    this.#last = performance.now()
  }

  /** Resolved once nothing more is asked, for now, or has been for long enough. */
  async pause(): Promise<void> {
    const began = performance.now()
    for (let now = began; now - Math.max(began, this.#last) < PAUSE_MS && now - began < LONGEST_MS;) {
      await wait(LOOK_MS)
      now = performance.now()
    }
  }
}

async function settled(desk: Desk): Promise<void> {
  while (desk.session.analyses.isHolding) await wait(LOOK_MS)
}
