import { purposeOf } from '../../../../core/analyses/factorization/figures/purpose.ts'
import type { FactorizationSummary } from '../../../../core/analyses/factorization/spec.ts'
import { session } from '../../../app/session.svelte.ts'

/** What a list is narrowed to. */
export interface ListChoice {
  n: number
  seen: boolean
  minRatings: number
  maxRatings: number | null
  /** a word of the column the items are described by; '' for all */
  word: string
  /** bounds of that column, where it holds numbers */
  low: number | null
  high: number | null
  fromYear: number | null
  toYear: number | null
}

/** Of a model of ratings, items that few rated come first by chance: they are left out at first. */
const TRUSTED_RATINGS = 40
const USERS_PER_RATING = 15
const LIST_LENGTH = 10

/** What lists of a result are narrowed to: as a person chose last, else as is usual for its method. */
export function listChoiceOf(analysisId: string, summary: FactorizationSummary | null): ListChoice {
  const isPreferences = summary !== null && purposeOf(summary.method) === 'preferences'
  const usual: ListChoice = {
    n: LIST_LENGTH,
    seen: false,
    minRatings: isPreferences ? 0 : Math.min(TRUSTED_RATINGS, Math.floor((summary?.nUsers ?? 0) / USERS_PER_RATING)),
    maxRatings: null,
    word: '',
    low: null,
    high: null,
    fromYear: null,
    toYear: null
  }
  return { ...usual, ...session.plotChoice<Partial<Record<keyof ListChoice, never>>>(analysisId, 'list', {}) }
}
