import type { MethodKey } from '../methods.ts'
import type { SearchSummary, SearchTrial } from '../studies/search/spec.ts'

/** A trial of a search with its place in the order they were made. */
export interface TrialRow extends SearchTrial {
  number: number
  best: boolean
}

/** The trials, best first, those that failed last. */
export function trialRows({ trials, measure, best }: SearchSummary): TrialRow[] {
  const turn = measure === 'rmse' ? 1 : -1
  return trials
    .map((trial, at) => ({ ...trial, number: at + 1, best: at === best }))
    .sort((a, b) => {
      if (a.score === null || b.score === null)
        return Number(a.score === null) - Number(b.score === null) || a.number - b.number
      return turn * (a.score - b.score) || a.number - b.number
    })
}

/** Keys of the parameters that are searched, in the order of the ranges. */
export const searchedKeys = ({ ranges }: SearchSummary): string[] => ranges.map(({ key }) => key)

/** How a parameter is called where it is a column. */
const LABELS: Partial<Record<MethodKey, string>> = {
  nFactors: 'factors',
  regularization: 'regularization',
  iterations: 'iterations',
  unobservedWeight: 'weight of a blank',
  countExponent: 'power of the count',
  alpha: 'confidence',
  learningRate: 'step size',
  neighbours: 'neighbours',
  shrinkage: 'shrinkage',
  samples: 'samples',
  burnIn: 'burn-in'
}
export const labelOfKey = (key: string): string => LABELS[key as MethodKey] ?? key

export interface ScorePoint {
  /** 0 … 1 along the searched range, on its own scale */
  at: number
  value: number
  score: number
  trial: number
  whole: boolean
  best: boolean
}

/** Score against one parameter: where each whole trial lies in the range of the search. */
export function scorePoints(summary: SearchSummary, key: string): ScorePoint[] {
  const range = summary.ranges.find((candidate) => candidate.key === key)
  if (!range) return []
  const along = (value: number): number => (range.scale === 'log' ? Math.log(value) : value)
  const [from, to] = [along(range.from), along(range.to)]
  return summary.trials.flatMap(({ params, score, whole }, at) => {
    const value = params[key]
    if (value === undefined || score === null) return []
    const place = to > from ? (along(value) - from) / (to - from) : 0.5
    return [{ at: place, value, score, trial: at + 1, whole, best: at === summary.best }]
  })
}
