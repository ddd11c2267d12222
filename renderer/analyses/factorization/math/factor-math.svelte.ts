import {
  differenceOf,
  squaresByFactor,
  stepRule,
  writeStep,
  type NormalStep,
  type StepRule
} from '../../../../core/analyses/factorization/figures/normal-step.ts'
import type { LittleMatrix } from '../../../../core/analyses/factorization/figures/three-fits.ts'
import {
  factorizationParamsSchema,
  type FactorizationParams,
  type FactorizationSummary
} from '../../../../core/analyses/factorization/spec.ts'
import { cornerOf } from '../../../../core/analyses/pca/figures/matrix-corner.ts'
import type { AnalysisInfo } from '../../../../core/contract/session.ts'
import { call } from '../../../app/api.ts'
import { follow } from '../../resource.svelte.ts'
import { loadArray, loadList, resultKey } from '../../results.ts'
import { loadRows } from '../array-rows.ts'
import { loadHistory } from './load-history.ts'
import { workOut } from './method-math.ts'
import type { Worked } from './worked.ts'

/** So many users and items are all shown; of more, the chosen user with the most active ones, and the most rated items. */
const ALL_USERS = 6
const ALL_ITEMS = 7
const MOST_USERS = 5
const MOST_ITEMS = 6
/** Factors of a matrix that are shown: the first, and the last. */
const MOST_FACTORS = 6

/** Places of the largest counts, largest first. */
function mostOf(counts: ArrayLike<number>, most: number): number[] {
  return Array.from(counts, (_, i) => i)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, most)
}

/** A step of the fit for one user with all its numbers, and what is stored of them. */
export interface WrittenUser {
  rule: StepRule
  step: NormalStep
  /** items they rated in training */
  items: number[]
  values: number[]
  /** items.length × nFactors */
  factors: Float64Array
  stored: number[]
  difference: number
}

/** The numbers behind the steps of one factorization: of a large one, of few users and items. */
export class FactorMath {
  readonly #analysis: () => AnalysisInfo
  readonly #summary: () => FactorizationSummary
  readonly #user: () => number
  readonly #names
  readonly #little
  readonly #step
  readonly #weights
  readonly #worked

  constructor(analysis: () => AnalysisInfo, summary: () => FactorizationSummary, user: () => number) {
    this.#analysis = analysis
    this.#summary = summary
    this.#user = user
    const key = (): string => resultKey(analysis())
    this.#names = follow(key, () =>
      Promise.all([
        loadList(analysis(), 'users'),
        loadList(analysis(), 'items'),
        loadArray(analysis(), 'userCounts'),
        loadArray(analysis(), 'itemCounts')
      ]).then(([users, items, userCounts, itemCounts]) => ({ users, items, userCounts, itemCounts }))
    )
    this.#little = follow(key, () => this.#loadLittle())
    this.#step = follow(key, () => this.#loadStep())
    this.#weights = follow(key, () => this.#loadWeights())
    this.#worked = follow(key, () => {
      const { names, params } = this
      return names && workOut({ analysis: analysis(), summary: summary(), params, names, user: user() })
    })
  }

  readonly params = $derived.by<FactorizationParams>(() => factorizationParamsSchema.parse(this.#analysis().params))
  readonly factorCorner = $derived.by(() => cornerOf(this.#summary().nFactors, MOST_FACTORS))

  get names() {
    return this.#names.value
  }
  get error() {
    return this.#names.error ?? this.#little.error ?? this.#step.error ?? this.#weights.error ?? this.#worked.error
  }
  get little() {
    return this.#little.value
  }
  get written(): WrittenUser | 'none' | null {
    return this.#step.value
  }
  /** the step of a method that solves no equations; null: none, or not there yet */
  get worked(): Worked | null {
    return this.#worked.value
  }
  /** 'ease': the weights among the little matrix's items, row-major */
  get itemWeights(): Float64Array | null {
    return this.#weights.value
  }

  readonly users = $derived.by(() => {
    const { names } = this
    if (!names) return []
    const { length } = names.users
    if (length <= ALL_USERS) return Array.from({ length }, (_, user) => user)
    const others = mostOf(names.userCounts, MOST_USERS).filter((user) => user !== this.#user())
    return [this.#user(), ...others].slice(0, MOST_USERS)
  })
  readonly items = $derived.by(() => {
    const { names } = this
    if (!names) return []
    const { length } = names.items
    if (length <= ALL_ITEMS) return Array.from({ length }, (_, item) => item)
    return mostOf(names.itemCounts, MOST_ITEMS)
  })

  /** The ratings of the users and items shown, and their sides of the model. */
  #loadLittle() {
    const { users, items } = this
    if (users.length === 0) return null
    const analysis = this.#analysis()
    const { nFactors } = this.#summary()
    return Promise.all([
      Promise.all(users.map((user) => loadHistory(analysis, user))),
      loadRows(analysis, 'userFactors', users, nFactors),
      loadRows(analysis, 'itemFactors', items, nFactors),
      loadArray(analysis, 'userBias'),
      loadArray(analysis, 'itemBias')
    ]).then(([histories, userFactors, itemFactors, userBias, itemBias]) => {
      const place = new Map(items.map((item, at) => [item, at]))
      const cells = new Float64Array(users.length * items.length).fill(NaN)
      const predicted = new Float64Array(cells.length).fill(NaN)
      histories.forEach((history, row) => {
        for (const { item, value, held } of history) {
          const at = place.get(item)
          if (at !== undefined && !held) cells[row * items.length + at] = value
        }
      })
      const matrix: LittleMatrix = { nRows: users.length, nColumns: items.length, cells }
      const biasOf = (bias: ArrayLike<number>, places: number[]): number[] => places.map((i) => bias[i] ?? 0)
      const own = { userBias: biasOf(userBias, users), itemBias: biasOf(itemBias, items) }
      for (let row = 0; row < users.length; row++) {
        for (let column = 0; column < items.length; column++) {
          let sum = 0
          for (let k = 0; k < nFactors; k++)
            sum += userFactors[row * nFactors + k]! * itemFactors[column * nFactors + k]!
          predicted[row * items.length + column] = sum
        }
      }
      return { users, items, matrix, product: predicted, userFactors, itemFactors, ...own }
    })
  }

  /** The last half sweep once more, for the chosen user. 'none': the method has no such step, or the result is too old. */
  #loadStep(): Promise<WrittenUser | 'none'> | null {
    const [analysis, summary, user] = [this.#analysis(), this.#summary(), this.#user()]
    const { params, names } = this
    const count = names?.userCounts[user]
    if (count === undefined) return null
    const rule = stepRule(params, summary, count)
    if (!rule) return Promise.resolve('none')
    const { nFactors } = summary
    return (async () => {
      const history = (await loadHistory(analysis, user)).filter(({ held }) => !held)
      const items = history.map(({ item }) => item)
      const values = history.map(({ value }) => value)
      const [factors, own, userBias, itemBias, first] = await Promise.all([
        loadRows(analysis, 'itemFactors', items, nFactors),
        loadRows(analysis, 'userFactors', [user], nFactors),
        loadArray(analysis, 'userBias'),
        loadArray(analysis, 'itemBias'),
        loadArray(analysis, 'itemFactors', [0])
      ])
      const step = writeStep(rule, {
        values,
        factors,
        itemBias: items.map((item) => itemBias[item]!),
        nFactors,
        allSquares: squaresByFactor(first, summary.factorShare)
      })
      if (!step) return 'none'
      const stored = [...own, ...(rule.withBias ? [userBias[user]!] : [])]
      return { rule, step, items, values, factors, stored, difference: differenceOf(step.solution, stored) }
    })()
  }

  #loadWeights(): Promise<Float64Array> | null {
    const { items } = this
    if (this.#summary().method !== 'ease' || items.length === 0) return null
    return call('analysis.rows', {
      analysisId: this.#analysis().id,
      name: 'itemWeights',
      rows: items,
      columns: items
    })
  }
}
