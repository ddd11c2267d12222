import type { KnownModel } from './known-model.ts'
import { ratingsOf } from './known-model.ts'

/** How like each item is to one of them. */
export interface Likeness {
  /** nItems; −∞ where nothing is known of the pair */
  values: Float64Array
  /** by what it was measured, in a sentence */
  measure: string
}

/** As the method itself sees it: by factors, by the weights it has from item to item, or by who has both.
 * @param exponent α of q·r / (‖q‖^α ‖r‖^α): 0 the dot product, 1 the cosine; weights of a method have no exponent */
export function likenessOf(known: KnownModel, item: number, exponent: number): Likeness {
  const nItems = known.items.length
  if (known.model.nFactors > 0) return byFactors(known, item, exponent)
  const weights = known.array('itemWeights')
  if (weights) {
    const values = Float64Array.from(weights.subarray(item * nItems, (item + 1) * nItems))
    return { values, measure: 'What having this item adds to the score of another.' }
  }
  const offsets = known.array('neighbourOffsets')
  if (offsets) {
    const values = new Float64Array(nItems).fill(-Infinity)
    const [columns, near] = [known.array('neighbourColumns')!, known.array('neighbourWeights')!]
    for (let t = offsets[item]!; t < offsets[item + 1]!; t++) values[columns[t]!] = near[t]!
    return { values, measure: 'The similarity the method found, of the neighbours it keeps.' }
  }
  return byUsers(known, item, exponent)
}

function measureOf(exponent: number): string {
  if (exponent === 0) return 'The dot product of their factors.'
  if (exponent === 1) return 'The cosine of their factors.'
  return `The dot product of their factors over the product of their lengths to the power ${exponent}.`
}

function byFactors({ model }: KnownModel, item: number, exponent: number): Likeness {
  const { nFactors, nItems, itemFactors } = model
  const values = new Float64Array(nItems)
  const at = item * nFactors
  const lengthOf = (from: number): number => {
    let squares = 0
    for (let k = 0; k < nFactors; k++) squares += itemFactors[from + k]! ** 2
    return Math.sqrt(squares)
  }
  const own = lengthOf(at)
  for (let other = 0; other < nItems; other++) {
    const from = other * nFactors
    let dot = 0
    for (let k = 0; k < nFactors; k++) dot += itemFactors[at + k]! * itemFactors[from + k]!
    const lengths = exponent === 0 ? 1 : (own * lengthOf(from)) ** exponent
    values[other] = lengths > 0 ? dot / lengths : 0
  }
  return { values, measure: measureOf(exponent) }
}

/** Without factors or weights: users who have both, n_ij / (n_i n_j)^(α/2), which is the cosine of two columns of likes for α = 1. */
function byUsers(known: KnownModel, item: number, exponent: number): Likeness {
  const { training, itemCounts } = known
  const values = new Float64Array(known.items.length)
  for (let user = 0; user < training.nRows; user++) {
    const { items } = ratingsOf(training, user)
    if (items.includes(item)) for (const other of items) values[other]! += 1
  }
  for (let other = 0; other < values.length; other++) {
    const counts = itemCounts[item]! * itemCounts[other]!
    values[other] = values[other]! > 0 && counts > 0 ? values[other]! / counts ** (exponent / 2) : -Infinity
  }
  const measure = exponent === 0 ? 'Users who have both.' : 'Users who have both, over how many have each.'
  return { values, measure }
}
