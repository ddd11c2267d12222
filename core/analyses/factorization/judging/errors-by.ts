import type { RatingCells } from '../cells.ts'
import type { ErrorsBy } from '../judgement.ts'
import type { ClipRange } from '../metrics.ts'
import type { Pace } from '../../../linalg/pace.ts'
import type { Scorer } from '../scorers/scorer.ts'

/** Groups begin at so many training ratings. */
const GROUPS = [0, 1, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]
/** A user with fewer test ratings has an error of chance; named are so many of the others. */
const ENOUGH_TEST = 5
const NAMED = 10
/** Multiplications that one prediction costs, or as slow as its visits to memory. */
const PREDICTION_WORK = 20

const groupOf = (count: number): number => GROUPS.findLastIndex((from) => from <= count)

class ErrorGroup {
  from = Infinity
  to = 0
  nTest = 0
  squares = 0
  absolutes = 0

  add(count: number, error: number): void {
    this.from = Math.min(this.from, count)
    this.to = Math.max(this.to, count)
    this.nTest += 1
    this.squares += error * error
    this.absolutes += Math.abs(error)
  }

  get figures(): ErrorsBy['userActivity'][number] {
    const { from, to, nTest, squares, absolutes } = this
    return { from, to, nTest, rmse: Math.sqrt(squares / nTest), mae: absolutes / nTest }
  }
}

const filled = (groups: ErrorGroup[]): ErrorsBy['userActivity'] =>
  groups.filter((group) => group.nTest > 0).map((group) => group.figures)

/** The errors of a model on test ratings, apart by how many training ratings the user and the item have, and the users it
 * fails most: highest RMSE first, of those with at least 5 test ratings (where nobody has so many: of all). A user or item
 * the model does not know has 0.
 * @param clip range that predictions are clipped to, as for the error of all */
export function errorsBy(
  scorer: Scorer,
  test: RatingCells,
  clip: ClipRange,
  userCounts: Int32Array,
  itemCounts: Int32Array,
  pace: Pace
): ErrorsBy {
  const [low, high] = clip ?? [-Infinity, Infinity]
  const byUser = GROUPS.map(() => new ErrorGroup())
  const byItem = GROUPS.map(() => new ErrorGroup())
  const squares = new Float64Array(userCounts.length)
  const counts = new Int32Array(userCounts.length)
  for (let t = 0; t < test.values.length; t++) {
    pace(PREDICTION_WORK)
    const [user, item] = [test.userIndex[t]!, test.itemIndex[t]!]
    const error = test.values[t]! - Math.min(high, Math.max(low, scorer.predict(user, item)))
    const [activity, popularity] = [userCounts[user] ?? 0, itemCounts[item] ?? 0]
    byUser[groupOf(activity)]!.add(activity, error)
    byItem[groupOf(popularity)]!.add(popularity, error)
    if (user < 0) continue
    squares[user]! += error * error
    counts[user]! += 1
  }
  return { userActivity: filled(byUser), itemPopularity: filled(byItem), worstUsers: worstOf(squares, counts) }
}

function worstOf(squares: Float64Array, counts: Int32Array): ErrorsBy['worstUsers'] {
  const least = counts.some((count) => count >= ENOUGH_TEST) ? ENOUGH_TEST : 1
  const judged: ErrorsBy['worstUsers'] = []
  for (let user = 0; user < counts.length; user++) {
    const nTest = counts[user]!
    if (nTest >= least) judged.push({ user, nTest, rmse: Math.sqrt(squares[user]! / nTest) })
  }
  return judged.sort((a, b) => b.rmse - a.rmse || a.user - b.user).slice(0, NAMED)
}
