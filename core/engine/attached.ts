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
    const { analysisId, what, computedAt, nComponents, columns } = step
    const info = session.analyses.list().find(({ id }) => id === analysisId)
    if (info?.datasetId !== datasetId) continue
    if (what === 'clusters' && info.studies.clusters !== computedAt) continue
    if (what === 'factors' && info.studies.rotation !== computedAt) continue
    const { arrays } = session.analyses.get(analysisId)
    const read = (rows: string, values: string, columns?: number[]): RowValues[] => {
      if (!Object.hasOwn(arrays, rows) || !Object.hasOwn(arrays, values)) return []
      const array = session.analyses.array(analysisId, values, columns)
      return [{ rows: session.analyses.array(analysisId, rows).data, values: array.data, width: array.shape[1] ?? 1 }]
    }
    const first = (name: string): number[] =>
      Array.from({ length: Math.min(nComponents, arrays[name]?.shape[1] ?? 0) }, (_, k) => k)
    const ways: Record<typeof what, () => RowValues[]> = {
      clusters: () => read('rowsUsed', 'clusters.assignment'),
      factors: () => read('rowsUsed', 'rotation.scores', first('rotation.scores')),
      scores: () => [
        ...read('rowsUsed', 'scores', first('scores')),
        ...read('supplementaryRowsUsed', 'supplementaryScores', first('scores'))
      ],
      filled: () =>
        ['imputedRow', 'supplementaryImputedRow'].some((name) => Object.hasOwn(arrays, name))
          ? [filledColumns(session, analysisId, datasetId, columns)]
          : []
    }
    found[attachedKey(step)] = ways[what]()
  }
  return found
}

/** Columns of the fit with the values it filled their gaps with. */
function filledColumns(
  session: SessionFile,
  analysisId: string,
  datasetId: string,
  columns: readonly string[]
): RowValues {
  const { summary, arrays } = session.analyses.get(analysisId)
  const fitted = summary['columns'] as string[]
  const view = session.datasets.view(datasetId, [...columns])
  const width = columns.length
  const rows = Int32Array.from({ length: view.nRows }, (_, row) => row)
  const values = new Float64Array(view.nRows * width)
  view.columns.forEach((column, at) => {
    if (column.kind === 'number') column.values.forEach((value, row) => (values[row * width + at] = value))
  })
  const filled = new Uint8Array(values.length)
  for (const prefix of ['imputed', 'supplementaryImputed']) {
    if (!Object.hasOwn(arrays, `${prefix}Row`)) continue
    const [cells, names, numbers] = ['Row', 'Column', 'Value'].map(
      (what) => session.analyses.array(analysisId, `${prefix}${what}`).data
    )
    cells!.forEach((row, i) => {
      const at = columns.indexOf(fitted[names![i]!]!)
      if (at < 0) return
      values[row * width + at] = numbers![i]!
      filled[row * width + at] = 1
    })
  }
  return { rows, values, width, filled }
}
