import { describe, expect, it } from 'vitest'
import {
  groupCoincident,
  markDiameters,
  planeOf,
  reconstruct,
  sharedLabel,
  shareShown,
  userScale
} from '../../../core/analyses/factorization/figures.ts'

describe('planeOf', () => {
  it('takes two columns of the factors', () => {
    const plane = planeOf([1, 2, 3, 4, 5, 6], 3, [2, 0])
    expect([...plane.x]).toEqual([3, 6])
    expect([...plane.y]).toEqual([1, 4])
  })

  it('lays a single factor on a line', () => {
    const plane = planeOf([1, 2, 3], 1, [0, 0])
    expect([...plane.x]).toEqual([1, 2, 3])
    expect([...plane.y]).toEqual([0, 0, 0])
  })
})

it('shareShown counts an axis shown twice once', () => {
  expect(shareShown([0.6, 0.3, 0.1], [0, 1])).toBeCloseTo(0.9, 12)
  expect(shareShown([0.6, 0.3, 0.1], [1, 1])).toBeCloseTo(0.3, 12)
  expect(shareShown([1], [0, 0])).toBe(1)
})

describe('groupCoincident', () => {
  it('joins points on one spot, in order of the first', () => {
    expect(groupCoincident([0, 1, 0, 2], [0, 1, 0, 2], 1e-9)).toEqual([[0, 2], [1], [3]])
  })

  it('joins across the edge of a cell and keeps what is further apart', () => {
    const edge = 0.3
    expect(groupCoincident([edge - 1e-7, edge + 1e-7, edge + 1e-3], [0, 0, 0], 1e-6)).toEqual([[0, 1], [2]])
  })
})

it('sharedLabel names three and counts the rest', () => {
  expect(sharedLabel(['Harry Potter', 'Shrek'])).toBe('Harry Potter, Shrek')
  expect(sharedLabel(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more')
})

it('markDiameters grow with the root of the count', () => {
  expect([...markDiameters([0, 25, 100], 4, 12)]).toEqual([4, 8, 12])
  expect([...markDiameters([0, 0], 4, 12)]).toEqual([12, 12])
})

it('userScale leaves clouds of like size alone and rounds to one digit', () => {
  const items = { x: [1, -1], y: [0, 0] }
  expect(userScale(items, { x: [1.5], y: [0] })).toBe(1)
  expect(userScale(items, { x: [3], y: [0] })).toBe(0.3)
  expect(userScale(items, { x: [0], y: [0] })).toBe(1)
})

it('reconstruct adds mean, biases and the product of the factors', () => {
  const product = reconstruct({
    globalMean: 3,
    userBias: [0.5, -0.5],
    itemBias: [0.25, 0],
    userFactors: [1, 2, 0, 1],
    itemFactors: [1, 1, 2, 0],
    nFactors: 2
  })
  expect([...product]).toEqual([6.75, 5.5, 3.75, 2.5])
})
