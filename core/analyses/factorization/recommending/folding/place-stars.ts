import { factorRidge, itemSide, penaltyFor } from '../../als.ts'
import { USER_SHRINKAGE } from '../../penalty.ts'
import { lowerRows } from '../../models/nmf.ts'
import type { Given, KnownModel } from '../known-model.ts'
import { gatherRows, RowSystem } from './row-system.ts'
import type { Place } from './star-taste.ts'

const BY_SOLVE = 'One exact least-squares solve with the items held fixed.'

/** Places somebody new in a model of ratings, the items held fixed: the (p, b) that minimize
 * Σ (r − μ − b_i − b − p · q_i)² + λ n^ν ‖p‖² + λ_b b², as the last half of an ALS sweep does. For a user of the table
 * that is their own place where alternating least squares ended with the users; after gradient steps it is near it. */
export function placeByRatings(known: KnownModel, given: Given): Place {
  const { method } = known.params
  const nowhere = { factors: new Float64Array(known.model.nFactors), bias: 0, implicit: null }
  if (method === 'mean') return { ...nowhere, foundBy: 'Everybody has the mean.' }
  if (given.items.length === 0) return { ...nowhere, foundBy: 'Nothing is known of them yet: everybody begins here.' }
  if (method === 'nmf') return placeAboveZero(known, given)
  return method === 'bias' ? placeByMean(known, given) : placeBySolve(known, given)
}

function residuals({ model }: KnownModel, { items, values }: Given): Float64Array {
  return values.map((value, t) => value - model.globalMean - model.itemBias[items[t]!]!)
}

/** A bias alone: the damped mean of what they give beyond mean and items. */
function placeByMean(known: KnownModel, given: Given): Place {
  const sum = residuals(known, given).reduce((total, value) => total + value, 0)
  const bias = sum / (USER_SHRINKAGE + given.items.length)
  return {
    factors: new Float64Array(known.model.nFactors),
    bias,
    implicit: null,
    foundBy: 'The damped mean of what they give.'
  }
}

/** Rounds after which coordinate descent is left, though it would still move: never seen. */
const MOST_ROUNDS = 1000
const SETTLED = 1e-13

/** The same least squares among factors that are not negative, by NMF's own steps until nothing moves: the minimum is one. */
function placeAboveZero({ model, params, deviation }: KnownModel, { items, values }: Given): Place {
  const { nFactors, globalMean } = model
  const row = { nRows: 1, offsets: Int32Array.of(0, items.length), columns: items, values }
  const own = { factors: new Float64Array(nFactors), bias: new Float64Array(1) }
  const penalty = penaltyFor(params.regularization, deviation)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = [...own.factors, ...own.bias]
    lowerRows(row, globalMean, own, itemSide(model), nFactors, penalty, () => undefined)
    const moved = [...own.factors, ...own.bias].some((value, k) => Math.abs(value - before[k]!) > SETTLED)
    if (!moved) break
  }
  const foundBy = 'Least squares with no factor below zero, the items held fixed.'
  return { factors: own.factors, bias: own.bias[0]!, implicit: null, foundBy }
}

function placeBySolve(known: KnownModel, given: Given): Place {
  const { model, params, deviation } = known
  const { nFactors } = model
  const penalty = penaltyFor(
    params.regularization,
    deviation,
    params.method === 'als' ? params.countExponent : undefined
  )
  const implicit = implicitPart(known, given.items)
  const system = new RowSystem({
    rows: gatherRows(model.itemFactors, nFactors, given.items, true),
    size: nFactors + 1,
    weights: null,
    base: null,
    ridge: factorRidge(penalty, given.items.length),
    lastRidge: penalty.bias
  })
  const targets = residuals(known, given)
  if (implicit) {
    const already = system.along(Float64Array.of(...implicit, 0))
    for (let t = 0; t < targets.length; t++) targets[t]! -= already[t]!
  }
  const solution = system.solveFor(targets)
  const factors = solution.slice(0, nFactors)
  if (implicit) for (let k = 0; k < nFactors; k++) factors[k]! += implicit[k]!
  return { factors, bias: solution[nFactors]!, implicit, foundBy: BY_SOLVE }
}

/** |N|^−½ Σ_{j∈N} y_j, what SVD++ adds for having rated at all; null for other methods.
 * Source: Koren, "Factorization meets the neighborhood", KDD 2008, eq. 15. */
export function implicitPart({ array, model }: KnownModel, items: Int32Array): Float64Array | null {
  const y = array('implicitFactors')
  if (!y) return null
  const { nFactors } = model
  const sum = new Float64Array(nFactors)
  for (const item of items) for (let k = 0; k < nFactors; k++) sum[k]! += y[item * nFactors + k]!
  const norm = items.length > 0 ? 1 / Math.sqrt(items.length) : 0
  return sum.map((value) => value * norm)
}
