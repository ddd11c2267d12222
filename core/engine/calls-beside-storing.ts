import { setImmediate as nextTurn } from 'node:timers/promises'
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

async function settled(desk: Desk): Promise<void> {
  while (desk.session.analyses.isHolding) await nextTurn()
}
