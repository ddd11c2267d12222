import type { StepRule } from '../step-rule.ts'

export { stepRule, type StepRule } from '../step-rule.ts'

/** The step of alternating least squares for one user with every number there: A p = b, A = L Lᵀ. */
export interface NormalStep {
  /** coordinates solved for: the factors, and the bias where there is one */
  size: number
  /** size × size, symmetric */
  gram: Float64Array
  /** size */
  right: Float64Array
  /** size × size, zeros above the diagonal */
  lower: Float64Array
  /** size */
  solution: Float64Array
  /** n: what is to be predicted of each rating by the factors (and the bias) alone */
  targets: Float64Array
}

/** What a user rated, and the items' side, which is held fixed. */
export interface RatedItems {
  values: ArrayLike<number>
  /** n × nFactors, row-major */
  factors: ArrayLike<number>
  /** n */
  itemBias: ArrayLike<number>
  nFactors: number
  /** nFactors: the diagonal of QᵀQ over all items, which has no other entries: factors stand on their principal axes */
  allSquares: ArrayLike<number>
}

/** Writes out the normal equations of one user and solves them, as the last half of a sweep has done.
 * @returns null where A is not positive definite: a penalty of zero and too few ratings */
export function writeStep(rule: StepRule, rated: RatedItems): NormalStep | null {
  const { values, factors, itemBias, nFactors, allSquares } = rated
  const size = nFactors + (rule.withBias ? 1 : 0)
  const gram = new Float64Array(size * size)
  const right = new Float64Array(size)
  const targets = Float64Array.from(
    { length: values.length },
    (_, t) => rule.targetOf(values[t]!) - (rule.withBias ? itemBias[t]! : 0)
  )
  const at = (t: number, a: number): number => (a < nFactors ? factors[t * nFactors + a]! : 1)
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = a === b && a < nFactors ? rule.blankWeight * (allSquares[a] ?? 0) : 0
      for (let t = 0; t < values.length; t++) sum += rule.weightOf(values[t]!) * at(t, a) * at(t, b)
      if (a === b) sum += a < nFactors ? rule.ridge : (rule.lastRidge ?? rule.ridge)
      gram[a * size + b] = sum
      gram[b * size + a] = sum
    }
    for (let t = 0; t < values.length; t++) right[a]! += targets[t]! * at(t, a)
  }
  const lower = factorSmall(gram, size)
  return lower && { size, gram, right, lower, solution: solveSmall(lower, right, size), targets }
}

/** L of A = L Lᵀ, entry by entry, as one would by hand; null where a pivot is not positive. */
function factorSmall(gram: Float64Array, size: number): Float64Array | null {
  const lower = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = gram[i * size + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!
      if (i === j && !(sum > 0)) return null
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / lower[j * size + j]!
    }
  }
  return lower
}

/** p of L Lᵀ p = b: forwards, then backwards. */
function solveSmall(lower: Float64Array, right: Float64Array, size: number): Float64Array {
  const solution = right.slice()
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) solution[i]! -= lower[i * size + k]! * solution[k]!
    solution[i]! /= lower[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) solution[i]! -= lower[k * size + i]! * solution[k]!
    solution[i]! /= lower[i * size + i]!
  }
  return solution
}

/** Largest difference between what the step gives and what is stored: rounding, where the fit ended with the users. */
export function differenceOf(solution: ArrayLike<number>, stored: ArrayLike<number>): number {
  let largest = 0
  for (let a = 0; a < solution.length; a++) largest = Math.max(largest, Math.abs(solution[a]! - stored[a]!))
  return largest
}

/** The diagonal of QᵀQ from its first entry and the shares of all: factors stand on their principal axes.
 * @param firstColumn the items' coordinates on factor 1 */
export function squaresByFactor(firstColumn: ArrayLike<number>, factorShare: readonly number[]): Float64Array {
  let first = 0
  for (let i = 0; i < firstColumn.length; i++) first += firstColumn[i]! ** 2
  const total = (factorShare[0] ?? 0) > 0 ? first / factorShare[0]! : 0
  return Float64Array.from(factorShare, (share) => share * total)
}
