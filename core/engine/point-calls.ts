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
      // Rows of an array that lie together are read for all of its columns, or for one: the time is the same.
      const wanted = parts.isByColumns ? columns : [...columns, ...others].slice(0, room)
      const read = readColumns(parts, wanted)
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

/** Takes columns out of an array, in turns with other calls. */
async function readColumns(parts: ArrayParts, columns: readonly number[]): Promise<Map<number, Float32Array>> {
  const found = new Map(columns.map((column) => [column, new Float32Array(parts.nRows)]))
  let since = performance.now()
  for (const { column, from, values } of parts.pieces(columns)) {
    found.get(column)!.set(values, from)
    if (performance.now() - since < TURN_MS) continue
    await nextTurn()
    since = performance.now()
  }
  return found
}
