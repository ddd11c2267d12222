import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { follow } from '../resource.svelte.ts'
import { hasArray, loadArray, resultKey } from '../results.ts'

/** What a fit put into missing cells, by row of the dataset and by position in the columns that were fitted. */
type Filled = ReadonlyMap<number, ReadonlyMap<number, number>>

/** The cells that a fit filled in. Call it while a component starts. */
export function followFilledCells(analysis: () => AnalysisInfo): (row: number, column: number) => number | undefined {
  const filled = follow(
    () => resultKey(analysis()),
    () => loadFilled(analysis())
  )
  return (row, column) => filled.value?.get(row)?.get(column)
}

async function loadFilled(analysis: AnalysisInfo): Promise<Filled> {
  const found = new Map<number, Map<number, number>>()
  if (!(await hasArray(analysis, 'imputedRow'))) return found
  const names = ['imputedRow', 'imputedColumn', 'imputedValue'] as const
  const [rows, columns, values] = await Promise.all(names.map((name) => loadArray(analysis, name)))
  rows!.forEach((row, i) => {
    const cells = found.get(row) ?? new Map<number, number>()
    found.set(row, cells.set(columns![i]!, values![i]!))
  })
  return found
}
