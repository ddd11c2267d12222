import type { RunContext } from '../../../core/contract/analysis.ts'
import type { ColumnData, TableView } from '../../../core/contract/table.ts'
import { groupRatings, type RatingCells } from '../../../core/analyses/factorization/cells.ts'
import type { TrainingSet } from '../../../core/analyses/factorization/fitting.ts'
import { describeRatings } from '../../../core/analyses/factorization/metrics.ts'
import { factorizationParamsSchema, type FactorizationParams } from '../../../core/analyses/factorization/spec.ts'
import type { Scorer } from '../../../core/analyses/factorization/scorers/scorer.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'

export type Cell = number | string | null

/** A column of numbers where every cell is one or null, else of texts. */
export function buildColumn(name: string, cells: Cell[]): ColumnData {
  const isNumeric = cells.every((cell) => cell === null || typeof cell === 'number')
  if (isNumeric) return { kind: 'number', name, values: Float64Array.from(cells, (cell) => (cell as number) ?? NaN) }
  return { kind: 'text', name, values: cells.map((cell) => (cell === null ? null : String(cell))) }
}

/** A table whose data begins on line 2 of its file. */
export function buildTable(names: string[], rows: Cell[][], fileName = 'ratings.csv'): TableView {
  return {
    fileName,
    nRows: rows.length,
    lines: Int32Array.from(rows, (_, row) => row + 2),
    columns: names.map((name, j) =>
      buildColumn(
        name,
        rows.map((row) => row[j]!)
      )
    )
  }
}

export const longLayout = {
  layout: 'long',
  user: 'user',
  item: 'item',
  rating: 'rating',
  items: [] as string[]
} as const

export function buildParams(over: Partial<FactorizationParams> = {}): FactorizationParams {
  return factorizationParamsSchema.parse({
    method: 'als',
    ...longLayout,
    items: [],
    nFactors: 2,
    regularization: 0.1,
    iterations: 20,
    unobservedWeight: 0.1,
    testFraction: 0,
    testDataset: null,
    seed: 1,
    ...over
  })
}

export const quiet: RunContext = { progress: () => {}, checkpoint: () => {} }
export const noPace = (): void => {}

/** Random ratings 1 … 5 of about `density` of the cells; every user and item has at least one. */
export function drawRatings(nUsers: number, nItems: number, density: number, seed: number): RatingCells {
  const random = new SeededRandom(seed)
  const triples: [number, number, number][] = []
  for (let user = 0; user < nUsers; user++) {
    for (let item = 0; item < nItems; item++) {
      const forced = item === user % nItems || user === item % nUsers
      if (random.uniform() < density || forced) triples.push([user, item, 1 + random.integer(5)])
    }
  }
  return {
    userIndex: Int32Array.from(triples, (t) => t[0]),
    itemIndex: Int32Array.from(triples, (t) => t[1]),
    values: Float64Array.from(triples, (t) => t[2])
  }
}

export function groupBothWays(cells: RatingCells, nUsers: number, nItems: number) {
  return {
    byUser: groupRatings(cells.userIndex, cells.itemIndex, cells.values, nUsers),
    byItem: groupRatings(cells.itemIndex, cells.userIndex, cells.values, nItems)
  }
}

export function tableOfCells(cells: RatingCells): TableView {
  const rows = Array.from(cells.values, (value, t) => [cells.userIndex[t]!, `i${cells.itemIndex[t]}`, value])
  return buildTable(['user', 'item', 'rating'], rows)
}

/** Solves A x = b by Gaussian elimination with partial pivoting: another way than the one tested. */
export function solveDense(a: number[][], b: number[]): number[] {
  const n = b.length
  const rows = a.map((row, i) => [...row, b[i]!])
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let i = column + 1; i < n; i++) if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (let i = column + 1; i < n; i++) {
      const factor = rows[i]![column]! / rows[column]![column]!
      for (let j = column; j <= n; j++) rows[i]![j]! -= factor * rows[column]![j]!
    }
  }
  const x = new Array<number>(n).fill(0)
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i]![n]!
    for (let j = i + 1; j < n; j++) rest -= rows[i]![j]! * x[j]!
    x[i] = rest / rows[i]![i]!
  }
  return x
}

/** argmin ‖Dx − y‖²_w + Σ ridge_k x_k² from the normal equations DᵀWDx + diag(ridge)x = DᵀWy. */
export function solveWeightedRidge(
  design: number[][],
  targets: number[],
  weights: number[],
  ridge: number[]
): number[] {
  const gram = ridge.map((_, a) =>
    ridge.map((own, b) => design.reduce((sum, x, t) => sum + weights[t]! * x[a]! * x[b]!, a === b ? own : 0))
  )
  const right = ridge.map((_, a) => design.reduce((sum, x, t) => sum + weights[t]! * x[a]! * targets[t]!, 0))
  return solveDense(gram, right)
}

/** Largest |∂f/∂x| over all coordinates of the given arrays, by central differences. */
export function largestGradient(f: () => number, arrays: Float64Array[], step: number): number {
  let largest = 0
  for (const array of arrays) {
    for (let j = 0; j < array.length; j++) {
      const kept = array[j]!
      array[j] = kept + step
      const above = f()
      array[j] = kept - step
      const below = f()
      array[j] = kept
      largest = Math.max(largest, Math.abs(above - below) / (2 * step))
    }
  }
  return largest
}

/** Fails where a loss rises by more than rounding. */
export function firstRise(losses: number[]): number {
  return losses.findIndex((loss, k) => k > 0 && loss > losses[k - 1]! * (1 + 1e-12))
}

/** Drawn ratings as a method is given them. */
export function drawTraining(nUsers: number, nItems: number, density: number, seed: number): TrainingSet {
  return trainingOf(drawRatings(nUsers, nItems, density, seed), nUsers, nItems)
}

export function trainingOf(cells: RatingCells, nUsers: number, nItems: number): TrainingSet {
  return { cells, ...groupBothWays(cells, nUsers, nItems), ...describeRatings(cells.values) }
}

/** Ratings written out: user, item, rating. */
export const cellsOf = (triples: [number, number, number][]): RatingCells => ({
  userIndex: Int32Array.from(triples, (t) => t[0]),
  itemIndex: Int32Array.from(triples, (t) => t[1]),
  values: Float64Array.from(triples, (t) => t[2])
})

/** A scorer of given numbers, users × items. */
export const tableScorer = (scores: number[][]): Scorer => ({
  nUsers: scores.length,
  nItems: scores[0]!.length,
  predict: (user, item) => scores[user]?.[item] ?? 0,
  scoreItems: (user, row) => row.set(scores[user]!)
})
