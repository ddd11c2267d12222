import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { forward, unwatched, type Watch } from '../../linalg/watch.ts'

/** A round that turns no pair by more than this, in radians, was the last: the criterion then stands to twice as many digits. */
const STILL = 1e-9
const MOST_ROUNDS = 1000
/** What decides an angle, relative to what it is made of: below, it is rounding, and the pair is left as it is. */
const ROUNDING = 1e-14

export interface TurnedAxes {
  /** K × K: loadings · matrix are the rotated loadings */
  matrix: Matrix
  rounds: number
  /** false where the axes still moved in the last round allowed */
  converged: boolean
}

/** The orthogonal T that maximizes Σ_k [Σ_j b_jk⁴ − γ/p · (Σ_j b_jk²)²], B = A·T: γ = 1 is varimax, 0 quartimax, K/2 equamax.
 * Pairs of axes are turned in cyclic order, each by the angle that is best for it, until none moves. It is a local
 * maximum, reached from the given axes, as every program's is.
 * @param loadings A, p × K, of a scale whose fourth powers are doubles; not modified
 * @param watch told how far the turns have shrunk towards the last, digit by digit
 * Accuracy: TᵀT = I within 10·K·ulp a round. Cost: about 12pK² flops a round, pK extra doubles; rounds are few (5–30).
 * Source: Kaiser, Psychometrika 23 (1958), eqs. 9–17; Harman, Modern Factor Analysis, 3rd ed., §13.4. */
export function orthomax({ rows, columns, data }: Matrix, gamma: number, watch: Watch = unwatched): TurnedAxes {
  // Axis after axis: a turn then runs through two arrays from end to end.
  const axes = Array.from({ length: columns }, (_, k) =>
    Float64Array.from({ length: rows }, (_, j) => data[j * columns + k]!)
  )
  const turns = Array.from({ length: columns }, (_, k) =>
    Float64Array.from({ length: columns }, (_, i) => (i === k ? 1 : 0))
  )
  const told = forward(watch)
  let rounds = 0
  let widest = columns < 2 ? 0 : Infinity
  while (widest > STILL && rounds < MOST_ROUNDS) {
    widest = 0
    rounds++
    for (let first = 0; first < columns; first++) {
      watch.checkpoint()
      for (let second = first + 1; second < columns; second++) {
        const angle = bestAngle(axes[first]!, axes[second]!, gamma)
        if (angle === 0) continue
        widest = Math.max(widest, Math.abs(angle))
        turnPair(axes[first]!, axes[second]!, angle)
        turnPair(turns[first]!, turns[second]!, angle)
      }
    }
    told.progress(Math.min(1, Math.log(Math.max(widest, STILL)) / Math.log(STILL)))
  }
  const matrix = new Float64Array(columns * columns)
  turns.forEach((turn, k) => turn.forEach((value, i) => (matrix[i * columns + k] = value)))
  return { matrix: createMatrix(columns, columns, matrix), rounds, converged: widest <= STILL }
}

/** What orthomax makes large, of rotated loadings. */
export function orthomaxCriterion({ rows, columns, data }: Matrix, gamma: number): number {
  let total = 0
  for (let k = 0; k < columns; k++) {
    let [squares, fourths] = [0, 0]
    for (let j = 0; j < rows; j++) {
      const square = data[j * columns + k]! ** 2
      squares += square
      fourths += square * square
    }
    total += fourths - (gamma / rows) * squares * squares
  }
  return total
}

/** With u = x² − y² and v = 2xy the criterion of a pair is a cosine of 4φ: its maximum is at a quarter of this angle. */
function bestAngle(x: Float64Array, y: Float64Array, gamma: number): number {
  let sumU = 0
  let sumV = 0
  let difference = 0
  let product = 0
  let size = 0
  for (let j = 0; j < x.length; j++) {
    const u = x[j]! * x[j]! - y[j]! * y[j]!
    const v = 2 * x[j]! * y[j]!
    sumU += u
    sumV += v
    difference += u * u - v * v
    product += u * v
    size += u * u + v * v
  }
  const share = gamma / x.length
  const sine = 2 * (product - share * sumU * sumV)
  const cosine = difference - share * (sumU * sumU - sumV * sumV)
  const made = size + Math.abs(share) * (sumU * sumU + sumV * sumV)
  return Math.hypot(sine, cosine) <= ROUNDING * made ? 0 : Math.atan2(sine, cosine) / 4
}

function turnPair(x: Float64Array, y: Float64Array, angle: number): void {
  const cosine = Math.cos(angle)
  const sine = Math.sin(angle)
  for (let j = 0; j < x.length; j++) {
    const [a, b] = [x[j]!, y[j]!]
    x[j] = cosine * a + sine * b
    y[j] = cosine * b - sine * a
  }
}
