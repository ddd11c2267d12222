import type { DatasetShape } from '../contract/analysis.ts'
import { roleOf, type Role } from '../contract/preparation.ts'

/** The first column of a role. */
export function columnInRole(dataset: DatasetShape, role: Role): string | undefined {
  return dataset.columns.find((column) => roleOf(dataset, column.name) === role)?.name
}

/** Which of some columns to choose beforehand: the features where there are any, else all without another role. */
export function chosenByRole(dataset: DatasetShape, columns: readonly string[]): string[] {
  const features = columns.filter((column) => roleOf(dataset, column) === 'feature')
  return features.length > 0 ? features : columns.filter((column) => roleOf(dataset, column) === undefined)
}
