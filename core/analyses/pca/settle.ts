import type { DatasetShape } from '../../contract/analysis.ts'

/** More components than this are never kept unless asked for: nobody reads the hundredth. */
export const DEFAULT_COMPONENT_LIMIT = 100

type Params = Record<string, unknown>

/** Parameters that name one column which is not fitted. */
const SINGLE = ['weight', 'group', 'label'] as const

export const namesIn = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : [])

/** At most min(rows, columns) components exist. */
export function maxComponents(params: Params, { nRows }: DatasetShape): number {
  return Math.max(1, Math.min(nRows, namesIn(params['columns']).length))
}

/** Components kept unless another number is asked for. */
export function usualComponents(columns: readonly string[], { nRows }: DatasetShape): number {
  return Math.max(1, Math.min(nRows, columns.length, DEFAULT_COMPONENT_LIMIT))
}

/** What follows from a change in the form: a column has one part, the one it was given last, and the number of components
 * goes with that of the columns. */
export function settleParams(params: Params, before: Params, dataset: DatasetShape): Params {
  const settled = { ...params, ...oneColumnOnePart(params, before) }
  const [columns, columnsBefore] = [namesIn(settled['columns']), namesIn(before['columns'])]
  const kept = settled['nComponents']
  if (columns.length !== columnsBefore.length && kept === params['nComponents'] && typeof kept === 'number') {
    const usual = kept === usualComponents(columnsBefore, dataset)
    settled['nComponents'] = usual ? usualComponents(columns, dataset) : Math.min(kept, maxComponents(settled, dataset))
  }
  const filling = settled['imputeComponents']
  if (typeof filling === 'number' && columns.length !== columnsBefore.length) {
    settled['imputeComponents'] = Math.min(filling, maxComponents(settled, dataset))
  }
  return settled
}

function oneColumnOnePart(params: Params, before: Params): Params {
  const newIn = (key: string): string[] => {
    const known = new Set(namesIn(before[key]))
    return namesIn(params[key]).filter((name) => !known.has(name))
  }
  const without = (key: string, names: readonly unknown[]): string[] => {
    const taken = new Set(names)
    return namesIn(params[key]).filter((name) => !taken.has(name))
  }
  const fitted = newIn('columns')
  if (fitted.length > 0) {
    return {
      supplementaryColumns: without('supplementaryColumns', fitted),
      ...Object.fromEntries(SINGLE.filter((key) => fitted.includes(String(params[key]))).map((key) => [key, null]))
    }
  }
  const named = SINGLE.filter((key) => params[key] !== before[key]).map((key) => params[key])
  const apart = [...newIn('supplementaryColumns'), ...named]
  return apart.length > 0 ? { columns: without('columns', apart) } : {}
}
