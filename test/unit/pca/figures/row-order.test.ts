import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderInSteps, placesOf, RowOrder } from '../../../../core/analyses/pca/figures/row-order.ts'

const every = (order: RowOrder): (number | undefined)[] => Array.from({ length: order.length }, (_, i) => order.at(i))

function drain(steps: ReturnType<typeof orderInSteps>): { order: Int32Array; pauses: number } {
  for (let pauses = 0; ; pauses++) {
    const step = steps.next()
    if (step.done) return { order: step.value, pauses }
  }
}

describe('the order of the rows of a table', () => {
  it('is that of the rows where nothing is asked for', () => {
    expect(every(new RowOrder(4))).toEqual([0, 1, 2, 3])
    expect(new RowOrder(4).at(4)).toBeUndefined()
    expect(every(new RowOrder(0))).toEqual([])
  })

  it('puts rows ahead in the order of the table, each once, the others after them', () => {
    expect(every(new RowOrder(6, null, [4, 1, 4]))).toEqual([1, 4, 0, 2, 3, 5])
    expect(every(new RowOrder(5, Int32Array.of(3, 1, 4, 0, 2), [0, 1]))).toEqual([1, 0, 3, 4, 2])
    expect(new RowOrder(6, null, [4, 1]).at(6)).toBeUndefined()
  })

  it('is what writing all of it out gives', () => {
    const table = fc.integer({ min: 1, max: 60 }).chain((n) =>
      fc.tuple(
        fc.shuffledSubarray(
          Array.from({ length: n }, (_, i) => i),
          { minLength: n, maxLength: n }
        ),
        fc.subarray(Array.from({ length: n }, (_, i) => i))
      )
    )
    fc.assert(
      fc.property(table, fc.boolean(), ([shuffled, first], isSorted) => {
        const sorted = isSorted ? Int32Array.from(shuffled) : null
        const base = sorted ? shuffled : shuffled.map((_, i) => i)
        const expected = [...base.filter((row) => first.includes(row)), ...base.filter((row) => !first.includes(row))]
        expect(every(new RowOrder(base.length, sorted, first))).toEqual(expected)
        if (sorted) expect(Array.from(placesOf(sorted), (place) => sorted[place])).toEqual(base.map((_, row) => row))
      })
    )
  })

  it('sorts numbers in steps, both ways, missing ones last, equal ones as they stand', () => {
    const values = Float64Array.of(2, NaN, -1, 2, 0)
    expect([...drain(orderInSteps(values, false)).order]).toEqual([2, 4, 0, 3, 1])
    const { order, pauses } = drain(orderInSteps(values, true))
    expect([...order]).toEqual([0, 3, 4, 2, 1])
    expect(pauses).toBeGreaterThanOrEqual(4)
  })

  it('sorts as a comparison does, also what has no last digits', () => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.float({ noNaN: true }))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 80 }), fc.boolean(), (list, descending) => {
        const turn = descending ? -1 : 1
        const compare = (a: number, b: number): number =>
          list[a]! < list[b]! ? -turn : list[a]! > list[b]! ? turn : a - b
        const { order } = drain(orderInSteps(Float64Array.from(list), descending))
        expect([...order]).toEqual(list.map((_, i) => i).sort(compare))
      })
    )
  })
})
