import type { Term } from '../../../contract/recommending.ts'

/** A person as a model sees them: by a point and a bias, or by what they rated. */
export interface Taste {
  /** null where the method has no factors */
  factors: Float64Array | null
  bias: number
  /** how they were placed, in a sentence */
  foundBy: string
  /** the scores of every item, never clipped
   * @param scores nItems, overwritten */
  scoreItems: (scores: Float64Array) => void
  /** what a score is made of; the terms sum to it */
  explain: (item: number) => Term[]
  /** the rule of that sum, in a sentence */
  rule: string
  /** where a rating is with INTERVAL_LEVEL probability, of a method that says so */
  interval?: (item: number, score: number) => [number, number]
}
