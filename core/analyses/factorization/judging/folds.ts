import type { SeededRandom } from '../../../linalg/random.ts'
import { PART } from './parts.ts'

/** Deals ratings into nFolds groups at random, as equal in size as can be.
 * @returns the fold of each rating, 0 … nFolds − 1 */
export function dealFolds(count: number, nFolds: number, random: SeededRandom): Uint8Array {
  const order = new Int32Array(count)
  for (let t = 0; t < count; t++) order[t] = t
  random.shuffle(order)
  const folds = new Uint8Array(count)
  for (let t = 0; t < count; t++) folds[order[t]!] = t % nFolds
  return folds
}

/** What becomes of each rating where one fold is held out. */
export const partsOfFold = (folds: Uint8Array, held: number): Uint8Array =>
  folds.map((fold) => (fold === held ? PART.test : PART.train))
