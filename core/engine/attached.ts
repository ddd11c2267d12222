import type { Step } from '../contract/preparation.ts'
import { attachedKey } from '../preparation/attach-columns.ts'
import type { Attached, RowValues } from '../preparation/working-table.ts'
import type { SessionFile } from '../session/session-file.ts'

/** What results of a dataset say of its rows, for the steps that attach it. What is gone, or was computed again since, is left
 * out: the step itself says so. */
export function attachedTo(session: SessionFile, datasetId: string, steps: readonly Step[]): Attached {
  const found: Record<string, RowValues[]> = {}
  for (const step of steps) {
    if (step.kind !== 'attach') continue
    const { analysisId, what, computedAt, nComponents } = step
    const info = session.analyses.list().find(({ id }) => id === analysisId)
    if (info?.datasetId !== datasetId) continue
    if (what === 'clusters' && info.studies.clusters !== computedAt) continue
    const { arrays } = session.analyses.get(analysisId)
    const read = (rows: string, values: string, columns?: number[]): RowValues[] => {
      if (!Object.hasOwn(arrays, rows) || !Object.hasOwn(arrays, values)) return []
      const array = session.analyses.array(analysisId, values, columns)
      return [{ rows: session.analyses.array(analysisId, rows).data, values: array.data, width: array.shape[1] ?? 1 }]
    }
    const first = Array.from({ length: Math.min(nComponents, arrays['scores']?.shape[1] ?? 0) }, (_, k) => k)
    found[attachedKey(step)] =
      what === 'clusters'
        ? read('rowsUsed', 'clusters.assignment')
        : [...read('rowsUsed', 'scores', first), ...read('supplementaryRowsUsed', 'supplementaryScores', first)]
  }
  return found
}
