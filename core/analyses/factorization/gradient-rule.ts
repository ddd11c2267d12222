/** The y_j are pulled to zero this many times as strongly as the q_j: 2 was no better on inner splits of u1.base, and by 0.007
 * worse in RMSE on ml-latest-small, which has more items than a user's ratings tell of. */
export const IMPLICIT_PENALTY = 5

/** Steps shrink from pass to pass by the same share, from learningRate to this share of it: what is gained early by large steps is settled by small ones. */
const LAST_STEP = 0.2

/** Size of a step in a pass, counted from 1. */
export const stepOfPass = (
  { learningRate, iterations }: { learningRate: number; iterations: number },
  pass: number
): number => learningRate * LAST_STEP ** ((pass - 1) / iterations)
