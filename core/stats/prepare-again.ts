import { inPieces } from '../linalg/passes.ts'
import { unwatched, type Watch } from '../linalg/watch.ts'

/** What of a table's preparation is done anew where only some of its rows are looked at. */
export interface Preparation {
  /** the mean of the rows is subtracted; else what the fit subtracted stays */
  centre: boolean
  /** columns are divided by their standard deviation, or by its square root; else they keep the scale of the fit */
  scale: 'keep' | 'unit' | 'pareto'
}

/** The centre of some rows, and what divides their columns after it, in the unit of the table. */
export interface Prepared {
  mean: Float64Array
  /** above 0; 1 where a column is constant in these rows */
  unit: Float64Array
}

/** Centre and unit of some rows of a prepared table.
 * @param z n × p, row-major, centred and scaled over all its rows
 * @param rows of z @param weights one a row of `rows`, of any sum; null: all 1
 * @param variances of the columns of z over all rows: the unit is the ratio of the standard deviations, or its root */
export function prepareAgain(
  z: Float64Array,
  p: number,
  rows: Int32Array,
  weights: Float64Array | null,
  { centre, scale }: Preparation,
  variances: Float64Array,
  watch: Watch
): Prepared {
  const mean = new Float64Array(p)
  const unit = new Float64Array(p).fill(1)
  let total = 0
  for (let i = 0; i < rows.length; i++) total += weights ? weights[i]! : 1
  if (centre) {
    inPieces(rows.length, p, watch, (from, to) => {
      for (let i = from; i < to; i++) {
        const weight = weights ? weights[i]! : 1
        for (let j = 0, at = rows[i]! * p; j < p; j++, at++) mean[j]! += weight * z[at]!
      }
    })
    for (let j = 0; j < p; j++) mean[j]! /= total
  }
  if (scale === 'keep') return { mean, unit }
  const squares = new Float64Array(p)
  inPieces(rows.length, p, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const weight = weights ? weights[i]! : 1
      for (let j = 0, at = rows[i]! * p; j < p; j++, at++) squares[j]! += weight * (z[at]! - mean[j]!) ** 2
    }
  })
  for (let j = 0; j < p; j++) {
    const ratio = squares[j]! / total / variances[j]!
    // What rounding leaves of a constant column is no spread.
    if (ratio > 1e-24) unit[j] = ratio ** (scale === 'unit' ? 0.5 : 0.25)
  }
  return { mean, unit }
}

/** Mean squares of the columns about their mean, divisor n.
 * @param weights of the rows, mean 1; null: all 1 */
export function columnVariances(
  z: Float64Array,
  n: number,
  p: number,
  weights: Float64Array | null,
  watch: Watch = unwatched
): Float64Array {
  const variances = new Float64Array(p)
  const mean = new Float64Array(p)
  inPieces(n, p, watch, (from, to) => {
    for (let i = from, at = from * p; i < to; i++) {
      const share = (weights ? weights[i]! : 1) / n
      for (let j = 0; j < p; j++, at++) mean[j]! += z[at]! * share
    }
  })
  inPieces(n, p, watch, (from, to) => {
    for (let i = from, at = from * p; i < to; i++) {
      const share = (weights ? weights[i]! : 1) / n
      for (let j = 0; j < p; j++, at++) variances[j]! += (z[at]! - mean[j]!) ** 2 * share
    }
  })
  return variances
}
