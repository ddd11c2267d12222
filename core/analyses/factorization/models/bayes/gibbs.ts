import { solveNormalRows } from '../../../../linalg/normal-rows.ts'
import { createMatrix } from '../../../../linalg/matrix.ts'
import type { SeededRandom } from '../../../../linalg/random.ts'
import type { Watch } from '../../../../linalg/watch.ts'
import type { GroupedRatings } from '../../cells.ts'
import type { TrainingSet } from '../../fitting.ts'
import { drawFactors } from '../../model.ts'
import type { Pace } from '../../../../linalg/pace.ts'
import { drawSpread, type Spread } from './normal-wishart.ts'
import { drawSets, startSets, type SetLink } from './sets.ts'

const START_DEVIATION = 0.1

/** Users or items while they are drawn. A row is its factors and, last, its bias. */
export interface BayesSide {
  grouped: GroupedRatings
  /** nRows × size */
  coordinates: Float64Array
  spread: Spread | null
  sets: SetLink | null
}

/** Ratings are as if they had mean 0 and standard deviation 1. */
export interface BayesState {
  users: BayesSide
  items: BayesSide
  /** nFactors + 1 */
  size: number
  mean: number
  unit: number
  /** precision of the noise of a rating, in those units */
  alpha: number
}

/** @param sets whether the set of what a user rated, and of who rated an item, tells of them */
export function startBayes(
  set: TrainingSet,
  nFactors: number,
  sets: boolean,
  random: SeededRandom,
  pace?: Pace
): BayesState {
  const size = nFactors + 1
  const startSide = (grouped: GroupedRatings, nColumns: number): BayesSide => {
    const coordinates = new Float64Array(grouped.nRows * size)
    drawFactors(coordinates, START_DEVIATION, random, pace)
    for (let j = nFactors; j < coordinates.length; j += size) coordinates[j] = 0
    return { grouped, coordinates, spread: null, sets: sets ? startSets(grouped.nRows, nColumns, size) : null }
  }
  const { byUser, byItem, mean, deviation } = set
  return {
    users: startSide(byUser, byItem.nRows),
    items: startSide(byItem, byUser.nRows),
    size,
    mean,
    unit: deviation > 0 ? deviation : 1,
    alpha: 1
  }
}

/** Draws one side given the other: first how its rows are spread, then what their sets add, then the rows. */
function drawSide(
  state: BayesState,
  own: BayesSide,
  other: BayesSide,
  random: SeededRandom,
  pace: Pace,
  watch: Watch
): void {
  const { size, mean, unit, alpha } = state
  const { grouped, coordinates, sets } = own
  const { nRows, offsets, columns, values } = grouped
  const unset = createMatrix(nRows, size)
  for (let j = 0; j < coordinates.length; j++) unset.data[j] = coordinates[j]! - (sets ? sets.added[j]! : 0)
  own.spread = drawSpread(unset, sets, random)
  if (sets) drawSets(sets, coordinates, own.spread, grouped, other.grouped, random, pace)
  // The partner of a row is the other side with 1 in the place of its bias; what is drawn is how a row departs from its mean.
  const partner = other.coordinates.slice()
  for (let j = size - 1; j < partner.length; j += size) partner[j] = 1
  const targets = new Float64Array(values.length)
  const middle = new Float64Array(size)
  for (let row = 0; row < nRows; row++) {
    for (let a = 0; a < size; a++) middle[a] = own.spread.mean[a]! + (sets ? sets.added[row * size + a]! : 0)
    for (let t = offsets[row]!; t < offsets[row + 1]!; t++) {
      const at = columns[t]! * size
      let rest = (values[t]! - mean) / unit - other.coordinates[at + size - 1]!
      for (let a = 0; a < size; a++) rest -= middle[a]! * partner[at + a]!
      targets[t] = alpha * rest
    }
    pace((offsets[row + 1]! - offsets[row]! + 1) * size)
  }
  const noise = new Float64Array(coordinates.length)
  drawFactors(noise, 1, random, pace)
  solveNormalRows(
    {
      nRows,
      offsets,
      columns,
      weights: null,
      weight: alpha,
      targets,
      other: partner,
      size,
      base: own.spread.precision.data,
      prior: null,
      ridge: new Float64Array(nRows),
      lastRidge: null,
      noise
    },
    coordinates,
    watch
  )
  for (let row = 0; row < nRows; row++) {
    for (let a = 0; a < size; a++)
      coordinates[row * size + a]! += own.spread.mean[a]! + (sets ? sets.added[row * size + a]! : 0)
  }
}

/** Σ (r − r̂)² of the draw, in the state's units. */
export function squaresOfDraw({ users, items, size, mean, unit }: BayesState, pace: Pace): number {
  const { nRows, offsets, columns, values } = users.grouped
  let squares = 0
  for (let row = 0; row < nRows; row++) {
    const p = row * size
    for (let t = offsets[row]!; t < offsets[row + 1]!; t++) {
      const q = columns[t]! * size
      let error = (values[t]! - mean) / unit - users.coordinates[p + size - 1]! - items.coordinates[q + size - 1]!
      for (let a = 0; a < size - 1; a++) error -= users.coordinates[p + a]! * items.coordinates[q + a]!
      squares += error * error
    }
    pace((offsets[row + 1]! - offsets[row]! + 1) * size)
  }
  return squares
}

/** One sweep of the Gibbs sampler: items, then users, then the precision of the noise.
 * @returns Σ (r − r̂)² of the draw, in the state's units
 * Source: Salakhutdinov & Mnih, ICML 2008, §3.3, with biases as one more coordinate and the noise drawn too, from
 * Gamma(½, ½) beforehand. */
export function sweepBayes(state: BayesState, random: SeededRandom, pace: Pace, watch: Watch): number {
  drawSide(state, state.items, state.users, random, pace, watch)
  drawSide(state, state.users, state.items, random, pace, watch)
  const squares = squaresOfDraw(state, pace)
  state.alpha = random.gamma((1 + state.users.grouped.values.length) / 2) / ((1 + squares) / 2)
  return squares
}
