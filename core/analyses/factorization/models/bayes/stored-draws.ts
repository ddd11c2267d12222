import type { ResultArray } from '../../../../contract/analysis.ts'
import type { FactorModel } from '../../model.ts'
import type { Draws } from '../../scorers/interval.ts'
import type { Draw } from './average.ts'

/** Draws that intervals are made of: with 40 the width of a 90 % interval is known to about 5 %, as most of it is noise. */
const MOST = 40
/** Fewer are stored where so many would take more bytes than this. */
const MOST_BYTES = 160e6

/** Draws that are kept to be stored, spread evenly over those that are averaged, the last one among them. */
export class StoredDraws {
  readonly draws: Draws
  readonly #samples: number
  #stored = 0

  constructor({ nUsers, nItems, nFactors }: FactorModel, samples: number) {
    const bytes = 8 * (nUsers + nItems) * (nFactors + 1)
    const count = Math.min(samples, MOST, Math.max(2, Math.floor(MOST_BYTES / bytes)))
    this.#samples = samples
    this.draws = {
      count,
      nUsers,
      nItems,
      nFactors,
      userFactors: new Float64Array(count * nUsers * nFactors),
      itemFactors: new Float64Array(count * nItems * nFactors),
      userBias: new Float64Array(count * nUsers),
      itemBias: new Float64Array(count * nItems),
      noiseVariance: new Float64Array(count)
    }
  }

  /** @param sample from 1 @param noiseVariance of a rating, in its units squared */
  offer(sample: number, { factors, bias }: Draw, noiseVariance: number): void {
    const { count, nUsers, nItems, nFactors, ...to } = this.draws
    if (Math.floor((sample * count) / this.#samples) <= this.#stored) return
    const s = this.#stored++
    to.userFactors.set(factors.subarray(0, nUsers * nFactors), s * nUsers * nFactors)
    to.itemFactors.set(factors.subarray(nUsers * nFactors), s * nItems * nFactors)
    to.userBias.set(bias.subarray(0, nUsers), s * nUsers)
    to.itemBias.set(bias.subarray(nUsers), s * nItems)
    to.noiseVariance[s] = noiseVariance
  }

  /** As they are stored with the result; drawsOf reads them again. */
  arrays(): Record<string, ResultArray> {
    const { count, nUsers, nItems, nFactors, ...from } = this.draws
    return {
      drawUserFactors: { dtype: 'float64', shape: [count, nUsers, nFactors], data: from.userFactors },
      drawItemFactors: { dtype: 'float64', shape: [count, nItems, nFactors], data: from.itemFactors },
      drawUserBias: { dtype: 'float64', shape: [count, nUsers], data: from.userBias },
      drawItemBias: { dtype: 'float64', shape: [count, nItems], data: from.itemBias },
      noiseVariance: { dtype: 'float64', shape: [count], data: from.noiseVariance }
    }
  }

  get note(): string[] {
    const { count } = this.draws
    return count < Math.min(this.#samples, MOST)
      ? [`${count} of ${this.#samples} draws are stored for the intervals: more would take too much room.`]
      : []
  }
}
