import { explain, recommend } from './answers.ts'
import type { KnownModel } from './known-model.ts'

const RATINGS = 8
const LISTED = 10

/** Places somebody who likes the first items, and makes their list and a reason: whoever is placed next does not wait for kernels that
 * have yet to be compiled, nor for products of all items that have yet to be made. Nothing is kept but these.
 * Of Bayesian models nothing is done: what they need takes long, and is made when it is asked for. */
export function rehearse(known: KnownModel): void {
  if (known.draws !== null) return
  const value = known.clip === null ? 1 : known.clip[1]
  const ratings = Array.from({ length: Math.min(RATINGS, known.items.length) }, (_, item) => ({ item, value }))
  const { list } = recommend(known, { ratings }, LISTED, { seen: 'exclude' }, () => null)
  for (const { item } of list.slice(0, 1)) explain(known, { ratings }, item)
}
