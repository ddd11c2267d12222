import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TableMemory } from '../../../core/table/kernels/table-memory.ts'
import { copyNumbers, countInBins, measure, sumSquares } from '../../../core/table/numbers-of-chunk.ts'

const home = new TableMemory(4 * 2 ** 20)

/** The same numbers where the kernels work. */
function atHome(values: Float64Array): Float64Array {
  home.clear()
  const copy = new Float64Array(home.buffer, home.allocate(values.byteLength), values.length)
  copy.set(values)
  return copy
}

const numbers = fc.float64Array({ maxLength: 70 })
const present = fc.float64Array({ maxLength: 70, noNaN: true, noDefaultInfinity: true })

describe('the kernels beside the same in JavaScript', () => {
  it('measure to the same bits, whatever is missing or infinite', () => {
    fc.assert(
      fc.property(numbers, fc.double(), (values, mean) => {
        expect(measure(atHome(values))).toEqual(measure(values))
        expect(sumSquares(atHome(values), mean)).toBe(sumSquares(values, mean))
      })
    )
  })
  it('find the least and the largest as told one by one', () => {
    fc.assert(
      fc.property(present, (values) => {
        const { least, most } = measure(atHome(values))
        expect([least, most]).toEqual([Math.min(...values) + 0, Math.max(...values) + 0])
      })
    )
  })
  it('count in the same bins', () => {
    const within = fc.float64Array({ min: -3, max: 5, maxExcluded: true, noNaN: true, maxLength: 70 })
    fc.assert(
      fc.property(within, fc.constantFrom(512, 4096), (values, nBins) => {
        const [ours, plain] = [new Float64Array(nBins).fill(1), new Float64Array(nBins).fill(1)]
        countInBins(atHome(values), -3, nBins / 8, ours)
        countInBins(values, -3, nBins / 8, plain)
        expect(ours).toEqual(plain)
        expect(plain.reduce((sum, count) => sum + count, 0)).toBe(nBins + values.length)
      })
    )
  })
  it('copy every number, and none beside', () => {
    fc.assert(
      fc.property(numbers, fc.nat(9), (values, at) => {
        home.clear()
        const place = (length: number): Float64Array =>
          new Float64Array(home.buffer, home.allocate(Float64Array.BYTES_PER_ELEMENT * length), length)
        const [from, to] = [place(values.length), place(values.length + 20)]
        from.set(values)
        to.fill(7)
        copyNumbers(from, to, at)
        expect([...to]).toEqual([...Array(at).fill(7), ...values, ...Array(20 - at).fill(7)])
      })
    )
  })
})
