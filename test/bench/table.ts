import { largestRelativeError, median } from './measure.ts'
import type { Answer } from './peers.ts'

/** What is wanted of a ratio. */
export interface Demand {
  readonly better: 'less' | 'more'
  readonly must: number
  readonly aim: number | null
}

export const atMost = (must: number, aim: number | null): Demand => ({ better: 'less', must, aim })
export const atLeast = (must: number, aim: number | null): Demand => ({ better: 'more', must, aim })

/** Milliseconds of every run, and their median. */
export interface Timed {
  readonly name: string
  readonly milliseconds: number
  readonly times: readonly number[]
}

export const timed = (name: string, times: readonly number[]): Timed => ({ name, milliseconds: median(times), times })

export interface Row {
  readonly measure: string
  readonly data: string
  readonly ours: Timed
  readonly peer: Timed | null
  /** null where there is nothing to compare with */
  readonly ratio: number | null
  /** null: for information */
  readonly demand: Demand | null
  /** largest relative error of the first values of each side */
  readonly accuracy?: { readonly ours: number; readonly peer: number; readonly noWorse: boolean }
  /** what else the peers have, the fastest first */
  readonly others?: readonly { name: string; milliseconds: number }[]
  /** what a reader wants to know besides */
  readonly remark?: string | undefined
}

export type Verdict = 'met' | 'aim met' | 'not met' | 'information' | 'no peer'

const meets = (ratio: number, { better }: Demand, limit: number): boolean =>
  better === 'less' ? ratio <= limit : ratio >= limit

export function verdictOf({ ratio, demand, accuracy }: Row): Verdict {
  if (ratio === null) return 'no peer'
  if (demand === null) return 'information'
  if (accuracy?.noWorse === false || !meets(ratio, demand, demand.must)) return 'not met'
  return demand.aim !== null && meets(ratio, demand, demand.aim) ? 'aim met' : 'met'
}

/** Values closer than this to the reference are as good as any: what is left is rounding, of the reference too. */
const ROUNDING = 1e-12

/** A row of our time over that of the fastest peer.
 * @param values what ours found, where the peer's answer has a reference for it */
export function rowAgainst(
  answer: Answer | null,
  row: Pick<Row, 'measure' | 'data' | 'ours' | 'demand' | 'remark'>,
  values?: ArrayLike<number>
): Row {
  if (!answer) return { ...row, peer: null, ratio: null }
  const [fastest, ...slower] = answer.candidates
  const peer = timed(fastest.name, fastest.times)
  const others = slower.map(({ name, times }) => ({ name, milliseconds: median(times) })).concat(answer.skipped)
  const compared = { ...row, peer, ratio: row.ours.milliseconds / peer.milliseconds, others }
  if (!values || answer.reference.length === 0) return compared
  const error = largestRelativeError(values, answer.reference)
  const peerError = largestRelativeError(fastest.values, answer.reference)
  return { ...compared, accuracy: { ours: error, peer: peerError, noWorse: error <= Math.max(peerError, ROUNDING) } }
}

/** 'one thread' */
export const describeThreads = (threads: number): string =>
  threads === 1 ? 'one thread' : `${threads === 2 ? 'two' : threads} threads`

const WIDTHS = [37, 30, 9, 44, 6, 7, 7]

const line = (cells: readonly string[]): string => cells.map((cell, c) => cell.padEnd(WIDTHS[c] ?? 0)).join('  ')

const milliseconds = (value: number): string => value.toPrecision(value < 100 ? 3 : Math.ceil(Math.log10(value + 1)))

export const heading = (): string =>
  line(['measure', 'data', 'ours (ms)', 'peer (ms)', 'ratio', 'must', 'aim', 'verdict'])

/** One line of the table, and what there is to say besides below it. */
export function describeRow(row: Row): string {
  const { measure, data, ours, peer, ratio, demand, accuracy, others = [], remark } = row
  const sign = demand?.better === 'less' ? '≤' : '≥'
  const limit = (value: number | null | undefined): string =>
    value === null || value === undefined ? '' : `${sign} ${value.toFixed(2)}`
  const cells = [measure, data, milliseconds(ours.milliseconds)]
  cells.push(peer ? `${peer.name} ${milliseconds(peer.milliseconds)}` : '', ratio?.toFixed(2) ?? '')
  cells.push(limit(demand?.must), limit(demand?.aim), verdictOf(row))
  const notes: string[] = []
  if (accuracy) {
    notes.push(`largest relative error: ours ${accuracy.ours.toExponential(0)}, peer ${accuracy.peer.toExponential(0)}`)
  }
  if (others.length > 0) {
    notes.push(`slower peers: ${others.map((other) => `${other.name} ${milliseconds(other.milliseconds)}`).join(', ')}`)
  }
  if (remark) notes.push(remark)
  return [line(cells).trimEnd(), ...notes.map((note) => `    ${note}`)].join('\n')
}
