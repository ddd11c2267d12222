import { expect, test } from 'vitest'
import { solveEase } from '../../../../core/analyses/factorization/models/ease.ts'
import { unwatched } from '../../../../core/linalg/watch.ts'
import { drawTraining, solveDense } from '../build.ts'

/** XᵀX + λI from the dense table. */
function gramOf(set: ReturnType<typeof drawTraining>, nItems: number, lambda: number): number[][] {
  const gram = Array.from({ length: nItems }, (_, i) =>
    Array.from({ length: nItems }, (_, j) => (i === j ? lambda : 0))
  )
  for (let user = 0; user < set.byUser.nRows; user++) {
    const liked = [...set.byUser.columns.subarray(set.byUser.offsets[user], set.byUser.offsets[user + 1])]
    for (const i of liked) for (const j of liked) gram[i]![j]! += 1
  }
  return gram
}

test('EASE is its closed form: B = −P ∕ diag P, zeros on the diagonal', () => {
  const [nUsers, nItems] = [20, 9]
  const set = drawTraining(nUsers, nItems, 0.3, 5)
  const weights = solveEase(set, 3, unwatched)
  const gram = gramOf(set, nItems, 3)
  for (let j = 0; j < nItems; j++) {
    // column j of P = (XᵀX + λI)⁻¹, by elimination
    const column = solveDense(
      gram,
      gram.map((_, i) => (i === j ? 1 : 0))
    )
    for (let i = 0; i < nItems; i++)
      expect(weights[i * nItems + j]!).toBeCloseTo(i === j ? 0 : -column[i]! / column[j]!, 12)
  }
})

test('each column of weights is the ridge regression of its item on all others', () => {
  // The Lagrangian's other form: argmin ‖x_j − X_{−j} b‖² + λ‖b‖² over the other items (Steck 2019, §3.1).
  const [nUsers, nItems] = [12, 5]
  const set = drawTraining(nUsers, nItems, 0.4, 6)
  const weights = solveEase(set, 0.7, unwatched)
  const gram = gramOf(set, nItems, 0.7)
  for (let j = 0; j < nItems; j++) {
    const others = [...Array(nItems).keys()].filter((i) => i !== j)
    const expected = solveDense(
      others.map((i) => others.map((k) => gram[i]![k]!)),
      others.map((i) => gram[i]![j]!)
    )
    others.forEach((i, place) => expect(weights[i * nItems + j]!).toBeCloseTo(expected[place]!, 12))
  }
})

test('one item has no other to say anything', () => {
  expect([...solveEase(drawTraining(3, 1, 1, 1), 1, unwatched)]).toEqual([0])
})
