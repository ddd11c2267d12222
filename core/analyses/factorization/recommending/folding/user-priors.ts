import { inverse } from '../../../../linalg/inverse.ts'
import { createMatrix } from '../../../../linalg/matrix.ts'
import { syrk } from '../../../../linalg/syrk.ts'
import type { Draws } from '../../scorers/interval.ts'

/** The users of one draw as a normal distribution: what is expected of somebody of whom nothing is known. */
export interface UserPrior {
  mean: Float64Array
  /** size × size, Λ */
  precision: Float64Array
}

/** The prior of each draw, as the sampler would have it: the mean of the users, and (n + size)·(n·S + W)⁻¹, W the identity in the units
 * of the ratings: unit for a factor, of which two make a rating, and unit² for the bias.
 * @param unit standard deviation of the ratings */
export function priorsOf(draws: Draws, unit: number): UserPrior[] {
  const { count, nUsers, nFactors, userFactors, userBias } = draws
  const size = nFactors + 1
  return Array.from({ length: count }, (_, s) => {
    const rows = new Float64Array(nUsers * size)
    const mean = new Float64Array(size)
    for (let user = 0; user < nUsers; user++) {
      const from = (s * nUsers + user) * nFactors
      rows.set(userFactors.subarray(from, from + nFactors), user * size)
      rows[user * size + nFactors] = userBias[s * nUsers + user]!
      for (let a = 0; a < size; a++) mean[a]! += rows[user * size + a]! / nUsers
    }
    for (let j = 0; j < rows.length; j++) rows[j]! -= mean[j % size]!
    const scale = syrk(createMatrix(nUsers, size, rows), 'columns')
    const one = unit > 0 ? unit : 1
    for (let a = 0; a < size; a++) scale.data[a * size + a]! += a < nFactors ? one : one * one
    const precision = inverse(scale).data.map((value) => value * (nUsers + size))
    return { mean, precision }
  })
}
