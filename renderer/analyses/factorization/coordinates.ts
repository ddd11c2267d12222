import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { hasArray, loadArray } from '../results.ts'

/** Some columns of the factors of users and of items, each whole. */
export interface Coordinates {
  /** factors that are there, ascending */
  factors: readonly number[]
  user: ReadonlyMap<number, Float64Array>
  item: ReadonlyMap<number, Float64Array>
}

/** Loads factors by their numbers, and no others: of a large model all would not fit into the page. */
export async function loadCoordinates(analysis: AnalysisInfo, factors: readonly number[]): Promise<Coordinates> {
  const [user, item] = await Promise.all([
    loadColumns(analysis, 'userFactors', factors),
    loadColumns(analysis, 'itemFactors', factors)
  ])
  return { factors, user, item }
}

async function loadColumns(
  analysis: AnalysisInfo,
  name: string,
  factors: readonly number[]
): Promise<Map<number, Float64Array>> {
  if (factors.length === 0 || !(await hasArray(analysis, name))) return new Map()
  const data = await loadArray(analysis, name, factors)
  const width = factors.length
  const n = data.length / width
  return new Map(
    factors.map((factor, column) => {
      const values = new Float64Array(n)
      for (let i = 0; i < n; i++) values[i] = data[i * width + column]!
      return [factor, values]
    })
  )
}
