import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { follow } from '../resource.svelte.ts'
import { hasArray, loadArray, resultKey } from '../results.ts'

/** What a fit put into missing cells, those of supplementary rows too, by row of the dataset and by position in the columns that were fitted. */
export type FilledCells = ReadonlyMap<number, ReadonlyMap<number, number>>

/** What the arrays that say so are called: of the fitted rows, and of the supplementary ones. */
const PREFIXES = ['imputed', 'supplementaryImputed']

/** The cells that a fit filled in. Call it while a component starts. */
export function followFilledCells(analysis: () => AnalysisInfo): (row: number, column: number) => number | undefined {
  const filled = follow(
    () => resultKey(analysis()),
    () => loadFilledCells(analysis())
  )
  return (row, column) => filled.value?.get(row)?.get(column)
}

/** The same once; null where the result names none. */
export async function loadFilledCells(analysis: AnalysisInfo): Promise<FilledCells | null> {
  const found = new Map<number, Map<number, number>>()
  for (const prefix of PREFIXES) {
    if (!(await hasArray(analysis, `${prefix}Row`))) continue
    const [rows, columns, values] = await Promise.all(
      ['Row', 'Column', 'Value'].map((what) => loadArray(analysis, `${prefix}${what}`))
    )
    rows!.forEach((row, i) => {
      const cells = found.get(row) ?? new Map<number, number>()
      found.set(row, cells.set(columns![i]!, values![i]!))
    })
  }
  return found.size > 0 ? found : null
}

/** Rows of the dataset with a cell that was filled in. */
export async function loadFilledRows(analysis: AnalysisInfo): Promise<ReadonlySet<number>> {
  const rows = new Set<number>()
  for (const prefix of PREFIXES) {
    if (!(await hasArray(analysis, `${prefix}Row`))) continue
    for (const row of await loadArray(analysis, `${prefix}Row`)) rows.add(row)
  }
  return rows
}
