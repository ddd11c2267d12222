import type { Pace } from '../../linalg/pace.ts'
import { SeededRandom } from '../../linalg/random.ts'
import { penaltyFor, sweepAls } from './als.ts'
import { groupRatings, pickCells, placesWhere } from './cells.ts'
import type { TrainingSet } from './fitting.ts'
import type { Method } from './methods.ts'
import { describeRatings, measureErrors, rangeOf } from './metrics.ts'
import { startNmf, sweepNmf } from './models/nmf.ts'
import { createModel, drawFactors, START_DEVIATION } from './model.ts'
import { factorScorer } from './scorers/factor-scorer.ts'

/** Of fewer ratings too few are held out to tell by. */
const FEWEST = 2000
/** Of more, users are taken at random until there are about so many. */
const MOST = 60_000
/** Share of the ratings that is held out. */
const HELD = 0.1
/** λ is doubled, or halved, while that lowers the error by more than this. Less is within chance: on random parts of u1.base and
 * ml-latest-small half and twice of λ = 1.3 were 1 to 4 % worse, on ratings without noise each half was 10 to 40 % better. */
const GAIN = 0.01
const [LEAST, GREATEST] = [1 / 64, 16]
/** What is tried: NMF for itself and ALS for the others, each with its defaults but for the sweeps, of which eight show which λ is better. */
const TRIED = { nFactors: 16, regularization: { als: 1.3, nmf: 0.8 }, sweeps: 8 }
type Tried = keyof typeof TRIED.regularization

const known = { als: new WeakMap<TrainingSet, number>(), nmf: new WeakMap<TrainingSet, number>() }

/** By what λ of the defaults is multiplied to suit these ratings: 1 for stars, which were asked when λ was chosen; less for
 * ratings with less noise, as measured or computed ones have it, more where there is nothing but noise. A power of two, found by
 * a fit to nine tenths of the training ratings, judged on the other tenth. The same training set has the same answer whatever
 * the seed of the fit, whose random numbers it does not take.
 * Cost: some 30 sweeps over at most 60,000 ratings. */
export function penaltyScaleOf(set: TrainingSet, method: Method, pace: Pace): number {
  const tried = method === 'nmf' ? 'nmf' : 'als'
  const found = known[tried].get(set) ?? findScale(set, tried, pace)
  known[tried].set(set, found)
  return found
}

function findScale({ cells, byUser, byItem, deviation }: TrainingSet, tried: Tried, pace: Pace): number {
  const count = cells.values.length
  if (count < FEWEST || deviation === 0) return 1
  const random = new SeededRandom(1)
  const taken = Uint8Array.from({ length: byUser.nRows }, () => (random.uniform() * count < MOST ? 1 : 0))
  const part = new Uint8Array(count)
  for (let t = 0; t < count; t++) if (taken[cells.userIndex[t]!]) part[t] = random.uniform() < HELD ? 2 : 1
  pace(20 * count)
  const [train, held] = [1, 2].map((wanted) =>
    pickCells(
      cells,
      placesWhere(count, (t) => part[t] === wanted)
    )
  )
  if (train!.values.length === 0 || held!.values.length === 0) return 1
  const errorAt = prepareTrial(tried, train!, held!, byUser.nRows, byItem.nRows, pace)
  const plain = errorAt(1)
  for (const factor of [0.5, 2]) {
    let [scale, error] = [1, plain]
    while (scale * factor >= LEAST && scale * factor <= GREATEST) {
      const next = errorAt(scale * factor)
      if (!(next < (1 - GAIN) * error)) break
      ;[scale, error] = [scale * factor, next]
    }
    if (scale !== 1) return scale
  }
  return 1
}

/** RMSE on the held ratings under λ times a scale. */
function prepareTrial(
  tried: Tried,
  train: TrainingSet['cells'],
  held: TrainingSet['cells'],
  nUsers: number,
  nItems: number,
  pace: Pace
): (scale: number) => number {
  const { userIndex, itemIndex, values } = train
  const { mean, deviation } = describeRatings(values)
  const byUser = groupRatings(userIndex, itemIndex, values, nUsers)
  const byItem = groupRatings(itemIndex, userIndex, values, nItems)
  const clip = rangeOf(values)
  return (scale) => {
    const model = createModel(nUsers, nItems, TRIED.nFactors, mean)
    const random = new SeededRandom(1)
    if (tried === 'nmf') startNmf(model, deviation, random)
    else drawFactors(model.userFactors, START_DEVIATION * Math.sqrt(deviation), random, pace)
    const penalty = penaltyFor(TRIED.regularization[tried] * scale, deviation)
    for (let sweep = 0; sweep < TRIED.sweeps; sweep++) {
      if (tried === 'nmf') sweepNmf(model, { byUser, byItem }, penalty, pace)
      else sweepAls(model, byUser, byItem, penalty, pace, ['single', 'single'])
    }
    return measureErrors(factorScorer(model), held, clip, pace).rmse
  }
}
