import { z } from 'zod'
import { call } from './call.ts'

const id = z.string().min(1)

/** How the scores of the other run are laid on those of the first: scale · (score − from) · rotation + to. */
export interface AlignedScores {
  /** rows that both runs used */
  rows: number
  /** k × k, row-major */
  rotation: number[]
  scale: number
  from: number[]
  to: number[]
  /** share of the squares of the first run's scores that the other's explain so, 0 … 1 */
  agreement: number
}

/** Two principal component analyses beside each other. */
export interface RunComparison {
  /** components of each that are compared, the first ones */
  nComponents: number
  columns: { shared: number; onlyFirst: string[]; onlySecond: string[] }
  /** between the spaces that the components span, smallest first, in radians; a column that one run lacks counts as 0 in its
   * components */
  angles: number[]
  /** null where the runs are of different datasets: nothing says which rows belong together */
  aligned: AlignedScores | null
}

/** Components of two runs that are compared at most. */
export const MOST_COMPARED = 50

/** Calls that put two results beside each other. */
export const comparisonCalls = {
  /** two principal component analyses on their first components, as many as both have at most */
  'analysis.compare': call(
    z.object({ analysisId: id, otherId: id, nComponents: z.number().int().min(1).max(MOST_COMPARED) }),
    z.custom<RunComparison>()
  )
}
