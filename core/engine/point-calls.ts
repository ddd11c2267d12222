import { setImmediate as nextTurn } from 'node:timers/promises'
import type { pointCalls } from '../contract/point-calls.ts'
import type { ArrayParts } from '../session/array-parts.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'

/** Single-precision columns that are kept of the array plotted last, so that another pair of its columns is there at once. */
const KEPT_BYTES = 96 * 2 ** 20
/** Other calls have their turn this often while a large array is read. */
const TURN_MS = 8

interface Kept {
  key: string
  columns: Promise<Map<number, Float32Array>>
}

/** Calls for pictures and tables of many points. */
export function pointHandlers(desk: Desk): Pick<Handlers, keyof typeof pointCalls> {
  let kept: Kept | null = null

  return {
    'analysis.plot': async ({ analysisId, name, columns }) => {
      const parts = desk.session.analyses.parts(analysisId, name)
      parts.checkColumns(columns)
      const key = `${desk.session.path} ${analysisId} ${name} ${desk.session.analyses.madeAt(analysisId, name)}`
      const known = kept?.key === key ? await kept.columns : null
      if (known && columns.every((column) => known.has(column))) return columns.map((column) => known.get(column)!)
      const room = Math.max(columns.length, Math.floor(KEPT_BYTES / (4 * Math.max(1, parts.nRows))))
      const others = Array.from({ length: parts.nColumns }, (_, column) => column).filter((c) => !columns.includes(c))
      const read = readColumns(parts, [...columns, ...others].slice(0, room))
      kept = { key, columns: read }
      // A session that was closed in between has no columns to keep.
      read.catch(() => (kept = null))
      const found = await read
      return columns.map((column) => found.get(column)!)
    },
    'analysis.rows': ({ analysisId, name, rows, columns }) =>
      desk.session.analyses.parts(analysisId, name).rows(rows, columns)
  }
}

/** Goes through an array once and takes the columns out of it. */
async function readColumns(parts: ArrayParts, columns: readonly number[]): Promise<Map<number, Float32Array>> {
  const { nRows, nColumns } = parts
  const found = new Map(columns.map((column) => [column, new Float32Array(nRows)]))
  let since = performance.now()
  for (let index = 0; index < parts.nChunks; index++) {
    const { values, from } = parts.chunk(index)
    for (const [column, into] of found) {
      let row = Math.ceil((from - column) / nColumns)
      for (let at = row * nColumns + column - from; at < values.length; at += nColumns) into[row++] = values[at]!
    }
    if (performance.now() - since < TURN_MS) continue
    await nextTurn()
    since = performance.now()
  }
  return found
}
