import type { Projection } from '../../../contract/model.ts'
import type { DatasetInfo } from '../../../contract/session.ts'
import type { PcaSummary } from '../spec.ts'

/** What a dataset was projected on, and the names of the columns that hold its scores, in the order of the components, and its Q. */
export interface ProjectedDataset {
  model: Projection
  scores: string[]
  /** what all components of the model leave of a row */
  q: string
}

/** A dataset whose last step placed its rows on a model; null for another. After a further step the columns may be others. */
export function projectedDataset({
  preparation,
  columns
}: Pick<DatasetInfo, 'preparation'> & { columns: readonly { name: string }[] }): ProjectedDataset | null {
  const { step, report } = preparation?.steps.at(-1) ?? {}
  if (step?.kind !== 'project' || !report) return null
  const { model } = step
  // Scores, T², Q, and since they are told too the cos²: the report says how many were added.
  const added = columns.slice(report.columnsBefore).map(({ name }) => name)
  const q = added[model.components.length + 1]
  return q === undefined ? null : { model, scores: added.slice(0, model.components.length), q }
}

const equal = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

type Fitted = Pick<PcaSummary, 'columns' | 'mean' | 'scale' | 'nComponents' | 'nFeatures'>

/** Whether a model may be that of a result: its columns, centred and scaled alike. The components say the rest. */
export function mayBeModelOf(model: Projection, { columns, mean, scale, nComponents }: Fitted): boolean {
  return (
    model.components.length <= nComponents &&
    model.columns.length === columns.length &&
    model.columns.every((name, j) => name === columns[j]) &&
    equal(model.centre, mean) &&
    equal(model.scale, scale)
  )
}

/** Whether a model is that of a result as it is now, from the session or by way of a file: a number in JSON is the same
 * number again. Scores of such rows lie in the same axes as those of the result.
 * @param components nComponents × nFeatures, row-major */
export function isModelOf(model: Projection, fitted: Fitted, components: ArrayLike<number>): boolean {
  const p = fitted.nFeatures
  return (
    mayBeModelOf(model, fitted) &&
    model.components.every((axis, k) => axis.every((value, j) => value === components[k * p + j]))
  )
}
