import { purposeOf } from '../methods.ts'
import type { FactorizationSummary } from '../spec.ts'

/** One line of what fell: the whole loss, or a part of it. */
export interface LossCurve {
  name: string
  whole: boolean
  values: number[]
}

/** The loss after each sweep, and what it is the sum of, where it has parts; of a result of before the loss alone.
 * Bayesian methods minimize nothing: what is drawn is the sum of squares of each draw. */
export function lossCurves({ history, method }: Pick<FactorizationSummary, 'history' | 'method'>): LossCurve[] {
  if (history.length === 0) return []
  const ofLikes = purposeOf(method) === 'preferences'
  const named = [
    ['squares', ofLikes ? 'known cells' : 'squared errors'],
    ['blanks', 'blanks'],
    ['penalty', 'penalty']
  ] as const
  const parts = named.flatMap(([key, name]): LossCurve[] => {
    const values = history.flatMap((sweep) => sweep[key] ?? [])
    return values.length === history.length ? [{ name, whole: false, values }] : []
  })
  if (parts.length === 1) return parts.map((part) => ({ ...part, whole: true }))
  return [{ name: 'loss', whole: true, values: history.map(({ loss }) => loss) }, ...parts]
}
