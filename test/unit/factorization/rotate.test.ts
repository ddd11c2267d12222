import { expect, test } from 'vitest'
import { createModel, drawFactors, predictCell } from '../../../core/analyses/factorization/model.ts'
import { rotateFactors } from '../../../core/analyses/factorization/rotate.ts'
import { gramOf } from '../../../core/analyses/factorization/wals.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { noPace } from './build.ts'

function drawModel(seed: number) {
  const model = createModel(6, 9, 4, 3)
  const random = new SeededRandom(seed)
  for (const array of [model.userFactors, model.itemFactors, model.userBias, model.itemBias])
    drawFactors(array, 1, random)
  return model
}

test('no prediction changes, the axes are principal and descending, the largest item entry is positive', () => {
  const model = drawModel(1)
  const predictAll = () => Array.from({ length: 54 }, (_, j) => predictCell(model, Math.floor(j / 9), j % 9))
  const before = predictAll()
  const share = rotateFactors(model, noPace)
  predictAll().forEach((prediction, j) => expect(prediction).toBeCloseTo(before[j]!, 12))
  const gram = gramOf(model.itemFactors, 4, noPace)
  const total = gram[0]! + gram[5]! + gram[10]! + gram[15]!
  for (let a = 0; a < 4; a++) {
    for (let b = 0; b < 4; b++) expect(gram[4 * a + b]! / total).toBeCloseTo(a === b ? share[a]! : 0, 12)
    const column = Array.from({ length: 9 }, (_, item) => model.itemFactors[4 * item + a]!)
    expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)))
  }
  expect(share).toEqual([...share].sort((a, b) => b - a))
  expect(share.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
})

test('the same model turned beforehand comes out the same', () => {
  const model = drawModel(2)
  const turned = drawModel(2)
  for (const factors of [turned.userFactors, turned.itemFactors]) {
    for (let start = 0; start < factors.length; start += 4) {
      const [a, b] = [factors[start]!, factors[start + 2]!]
      factors[start] = 0.6 * a - 0.8 * b
      factors[start + 2] = 0.8 * a + 0.6 * b
      factors[start + 3]! *= -1
    }
  }
  rotateFactors(model, noPace)
  rotateFactors(turned, noPace)
  turned.itemFactors.forEach((value, j) => expect(value).toBeCloseTo(model.itemFactors[j]!, 10))
  turned.userFactors.forEach((value, j) => expect(value).toBeCloseTo(model.userFactors[j]!, 10))
})

test('factors that are all zero have no share', () => {
  expect(rotateFactors(createModel(2, 3, 2, 0), noPace)).toEqual([0, 0])
})
