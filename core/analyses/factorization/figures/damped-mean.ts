import { USER_SHRINKAGE } from '../penalty.ts'

/** b_u = Σ (r − μ − b_i) / (shrinkage + n): the last thing that a fit of biases does for a user. */
export interface DampedMean {
  /** r − μ − b_i of each rating */
  rest: Float64Array
  sum: number
  shrinkage: number
  bias: number
}

/** @param itemBias of each rated item */
export function writeDampedMean(values: ArrayLike<number>, itemBias: ArrayLike<number>, mean: number): DampedMean {
  const rest = Float64Array.from({ length: values.length }, (_, t) => values[t]! - mean - itemBias[t]!)
  const sum = rest.reduce((total, value) => total + value, 0)
  return { rest, sum, shrinkage: USER_SHRINKAGE, bias: sum / (USER_SHRINKAGE + values.length) }
}
