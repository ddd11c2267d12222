import { describe, expect, it } from 'vitest'
import { endsOf, rankTraits } from '../../../renderer/analyses/factorization/factors/factor-traits.ts'
import { mapModel, MOST_RATED, nameOfUser, type MapInput } from '../../../renderer/analyses/factorization/map-model.ts'
import { colourBy } from '../../../renderer/plots/categories.ts'
import { haveSameMarks, lookOf } from '../../../renderer/plots/points/scatter-scene.ts'
import { HIDDEN, SELECTED, USUAL } from '../../../renderer/plots/points/scene.ts'
import type { PlotTheme } from '../../../renderer/plots/theme.ts'

const theme = { dim: 0.28, ink: '#000000' } as PlotTheme

function input(nItems: number, nUsers: number, more: Partial<MapInput> = {}): MapInput {
  const n = nItems + nUsers
  return {
    x: Float64Array.from({ length: n }, (_, i) => Math.cos(i)),
    y: Float64Array.from({ length: n }, (_, i) => Math.sin(i)),
    scale: 1,
    numbers: {
      items: Array.from({ length: nItems }, (_, i) => `item ${i}`),
      users: Array.from({ length: nUsers }, (_, i) => String(i)),
      itemBias: new Float64Array(nItems),
      userBias: new Float64Array(nUsers),
      itemCounts: Int32Array.from({ length: nItems }, (_, i) => nItems - i),
      userCounts: new Int32Array(nUsers).fill(1)
    },
    axisNames: ['factor 1', 'factor 2'],
    ranked: Array.from({ length: nItems }, (_, i) => i),
    showsAll: false,
    first: [],
    people: [],
    colouring: null,
    ...more
  }
}

describe('the map of a large model', () => {
  const asked = 5000
  const model = mapModel(input(6000, 400, { first: [asked], people: [6007] }))
  const [users, items] = model.groups

  it('shows the most rated items, what is asked for, and the users', () => {
    expect(items!.members).toHaveLength(MOST_RATED + 1)
    expect(Array.from(items!.members)).toContain(asked)
    expect(users!.members).toHaveLength(400)
  })

  it('is framed by its items and by the user who stands out', () => {
    expect(model.framed).toHaveLength(MOST_RATED + 2)
    expect(Array.from(model.framed!)).toContain(6007)
  })

  it('names the one who stands out first', () => {
    expect(model.labels[0]).toEqual({ text: 'User 7', point: 6007 })
    expect(model.labels[1]).toEqual({ text: 'item 5000', point: asked })
  })

  it('hides the items it does not show, selected or not', () => {
    const { state } = lookOf(model, { hidden: new Set(), selected: [0, 5999] }, theme)
    expect(state[0]).toBe(SELECTED)
    expect(state[1]).toBe(USUAL)
    expect(state[5999]).toBe(HIDDEN)
    expect(state[6399]).toBe(USUAL)
  })
})

it('kinds of items are groups in their order, users last of all marked apart', () => {
  const values = Array.from({ length: 6 }, (_, i) => ['Comedy', 'Drama'][i % 2]!)
  const model = mapModel(input(6, 2, { colouring: colourBy({ kind: 'text', name: 'genres', values }) }))
  expect(model.groups.map(({ name, members }) => [name, Array.from(members)])).toEqual([
    ['Users', [6, 7]],
    ['Comedy', [0, 2, 4]],
    ['Drama', [1, 3, 5]]
  ])
})

it('users lie behind the items, and a crowd of them is pale', () => {
  const few = mapModel(input(6, 40))
  expect([few.behind, few.strengths]).toEqual([6, undefined])
  const crowd = mapModel(input(6, 6000))
  expect(crowd.behind).toBe(6)
  expect(crowd.strengths![5]).toBe(255)
  expect(crowd.strengths![6]).toBeLessThan(255)
})

it('names are no part of the marks: without another place or colour these are the same', () => {
  const model = mapModel(input(6, 2))
  const named = { ...model, labels: [{ text: 'another', point: 3 }] }
  expect(haveSameMarks(model, named)).toBe(true)
  expect(haveSameMarks(model, { ...named, x: Float64Array.from(model.x) })).toBe(false)
  expect(haveSameMarks(model, mapModel(input(6, 2)))).toBe(false)
})

it('one item and one user is a map too', () => {
  const model = mapModel(input(1, 1))
  expect(model.groups.map(({ members }) => Array.from(members))).toEqual([[1], [0]])
  expect(model.framed).toBeUndefined()
})

it('numbers are called users, names stay names', () => {
  expect(nameOfUser('426')).toBe('User 426')
  expect(nameOfUser('007')).toBe('User 007')
  expect(nameOfUser('User 1')).toBe('User 1')
  expect(nameOfUser('ada')).toBe('ada')
})

it('the ends of a factor are the items furthest out on each side, those at zero on neither', () => {
  expect(endsOf([0.5, -2, 0, 1, -1], [0, 1, 2, 3, 4], 2)).toEqual({ low: [1, 4], high: [3, 0] })
  expect(endsOf([1, 2, 3], [2, 0], 5)).toEqual({ low: [], high: [2, 0] })
})

it('traits come by strength, whatever their sign', () => {
  const traits = [
    { name: 'a', correlation: 0.2, count: 9 },
    { name: 'b', correlation: -0.6, count: 9 },
    { name: 'c', correlation: 0, count: 9 }
  ]
  expect(rankTraits(traits).map(({ name }) => name)).toEqual(['b', 'a'])
})
