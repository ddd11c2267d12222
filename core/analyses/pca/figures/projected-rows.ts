import type { Projection } from '../../../contract/model.ts'
import type { DatasetInfo } from '../../../contract/session.ts'
import type { PcaSummary } from '../spec.ts'

/** Columns a projection adds after the scores: T² and Q. */
const AFTER_SCORES = 2

/** What a dataset was projected on, and the names of the columns that hold its scores, in the order of the components. */
export interface ProjectedDataset {
  model: Projection
  scores: string[]
}

/** A dataset whose last step placed its rows on a model; null for another. After a further step the columns may be others. */
export function projectedDataset({
  preparation,
  columns
}: Pick<DatasetInfo, 'preparation'> & { columns: readonly { name: string }[] }): ProjectedDataset | null {
  const step = preparation?.steps.at(-1)?.step
  if (step?.kind !== 'project') return null
  const { model } = step
  const first = columns.length - model.components.length - AFTER_SCORES
  return first < 0
    ? null
    : { model, scores: columns.slice(first, columns.length - AFTER_SCORES).map(({ name }) => name) }
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
