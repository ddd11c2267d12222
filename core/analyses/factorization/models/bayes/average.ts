import { procrustesRotation } from '../../../../stats/align-loadings.ts'
import { gemm } from '../../../../linalg/gemm.ts'
import { createMatrix } from '../../../../linalg/matrix.ts'
import type { FactorModel } from '../../model.ts'
import type { BayesState } from './gibbs.ts'

/** A draw in the units of the ratings, its factors apart from its biases: users first, then items. */
export interface Draw {
  /** (nUsers + nItems) × nFactors */
  factors: Float64Array
  /** nUsers + nItems */
  bias: Float64Array
}

/** What the state holds now. */
export function takeDraw({ users, items, size, unit }: BayesState): Draw {
  const nFactors = size - 1
  const nUsers = users.grouped.nRows
  const nRows = nUsers + items.grouped.nRows
  const draw = { factors: new Float64Array(nRows * nFactors), bias: new Float64Array(nRows) }
  const scale = Math.sqrt(unit)
  const take = (coordinates: Float64Array, first: number): void => {
    for (let at = 0, row = first; at < coordinates.length; at += size, row++) {
      for (let k = 0; k < nFactors; k++) draw.factors[row * nFactors + k] = scale * coordinates[at + k]!
      draw.bias[row] = unit * coordinates[at + nFactors]!
    }
  }
  take(users.coordinates, 0)
  take(items.coordinates, nUsers)
  return draw
}

/** A draw turned to lie as near as can be to another: factors are known but for a rotation of the whole, which changes from draw
 * to draw, so that they can be averaged only when they have been turned alike. */
export function alignDraw(draw: Draw, to: Draw, nFactors: number): Draw {
  const rows = draw.bias.length
  const turn = procrustesRotation(draw.factors, to.factors, nFactors)
  const turned = gemm(createMatrix(rows, nFactors, draw.factors), createMatrix(nFactors, nFactors, turn))
  return { factors: turned.data, bias: draw.bias }
}

/** Moves an average to be that of one draw more, in place.
 * @param count draws, this one included */
export function addToAverage(average: Draw, draw: Draw, count: number): void {
  for (const key of ['factors', 'bias'] as const) {
    const to = average[key]
    const from = draw[key]
    for (let j = 0; j < to.length; j++) to[j]! += (from[j]! - to[j]!) / count
  }
}

/** Writes factors and biases into a model. */
export function fillModel(model: FactorModel, { factors, bias }: Draw): void {
  const { nUsers, nFactors } = model
  model.userFactors.set(factors.subarray(0, nUsers * nFactors))
  model.itemFactors.set(factors.subarray(nUsers * nFactors))
  model.userBias.set(bias.subarray(0, nUsers))
  model.itemBias.set(bias.subarray(nUsers))
}
