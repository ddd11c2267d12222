import type { KnownWho } from '../analyses/factorization/recommending/answers.ts'
import type { Explanation, ItemFacts, ListFilter, Recommendation } from '../contract/recommending.ts'
import type { ColumnReference, ResultReference } from './session-requests.ts'

/** The columns of a dataset a factorization read. */
export interface RatingsReference {
  datasetId: string
  nRows: number
  columns: ColumnReference[]
}

/** A question about a stored factorization. */
export type Question =
  | { ask: 'user'; who: KnownWho; n: number; filter: ListFilter }
  | { ask: 'explain'; who: KnownWho; item: number }
  | { ask: 'similar'; item: number; n: number; exponent: number }
  | { ask: 'predict'; pairs: [number, number][] }
  /** in which columns the items stand: the share of them in each */
  | { ask: 'itemShares'; columns: ColumnReference[] }
  | { ask: 'itemRows'; column: ColumnReference }
  | { ask: 'itemLengths' }

export interface Answers {
  user: Recommendation
  explain: Explanation
  similar: ItemFacts
  predict: Float64Array
  itemShares: number[]
  itemRows: Int32Array
  itemLengths: Float64Array
}

/** A stored factorization as a worker is told of it. */
export interface ModelReference {
  /** says which model it is, so that the worker knows one it has; another session's is another */
  key: string
  result: ResultReference
  table: RatingsReference
  others: RatingsReference[]
}

export interface RecommendTask<A extends keyof Answers = keyof Answers> extends ModelReference {
  task: 'recommend'
  question: Extract<Question, { ask: A }>
}
