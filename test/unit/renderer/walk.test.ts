import { describe, expect, it } from 'vitest'
import { nextMark, stepOf, type Step } from '../../../renderer/plots/walk.ts'

const right: Step = [1, 0]
const left: Step = [-1, 0]
const up: Step = [0, 1]
const points = {
  x: [0, 1, 3, 1, NaN],
  y: [0, 0.5, 0, 5, 0],
  groups: [
    { name: 'a', members: [0, 1] },
    { name: 'b', members: [2, 3, 4] }
  ],
  hidden: new Set<string>()
}

describe('going from mark to mark', () => {
  it('begins at the first mark in sight', () => {
    expect(nextMark(points, null, right)).toBe(0)
    expect(nextMark({ ...points, hidden: new Set(['a']) }, null, right)).toBe(2)
    expect(nextMark({ ...points, hidden: new Set(['a', 'b']) }, null, right)).toBeNull()
  })

  it('goes to the nearest one within 45° of the arrow, hidden and placeless ones left out', () => {
    expect(nextMark(points, 0, right)).toBe(1)
    expect(nextMark({ ...points, hidden: new Set(['a']) }, 0, right)).toBe(2)
    expect(nextMark(points, 0, up)).toBe(3)
    expect(nextMark(points, 2, right)).toBe(2)
    expect(nextMark(points, 1, left)).toBe(0)
  })

  it('begins anew from a mark that has lost its place, at one that has one', () => {
    expect(nextMark(points, 4, right)).toBe(0)
    expect(nextMark({ ...points, x: [NaN, NaN, 3, 1, NaN] }, null, right)).toBe(2)
  })

  it('counts in px where the axes have units of their own', () => {
    // One unit upwards is ten px: (1, 0.5) lies steeper than 45°.
    expect(nextMark(points, 0, right, { x: 1, y: 10 })).toBe(2)
    expect(nextMark(points, 0, up, { x: 1, y: 10 })).toBe(1)
  })

  it('knows the arrow keys and no other', () => {
    expect(stepOf('ArrowUp')).toEqual(up)
    expect(stepOf('a')).toBeNull()
  })
})
