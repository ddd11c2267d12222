import { inPieces } from '../../linalg/passes.ts'
import type { Watch } from '../../linalg/watch.ts'
import { medianOf } from '../../preparation/spread.ts'
import type { Scale } from './scales.ts'

/** Makes the median absolute deviation of a normal sample its standard deviation: 1/Φ⁻¹(3/4). */
export const MAD_FACTOR = 1.482602218505602

/** What a column of numbers has to say for its scale: the cells of the rows that are fitted. */
export interface ScaleInput {
  values: Float64Array
  /** standard deviation with the divisor of the run; 0 where constant */
  sd: number
}

export interface ChosenScale {
  /** greater than 0, finite */
  divisor: number
  /** true where the scale that was asked for is 0 and the standard deviation took its place */
  replaced: boolean
}

/** The divisor of one column: 1; its standard deviation s; √s (Pareto); max − min; or 1.4826 · the median absolute
 * deviation from the median. A constant column is divided by 1.
 * Source: van den Berg et al., "Centering, scaling, and transformations", BMC Genomics 7 (2006) 142, table 1; for the
 * median absolute deviation Rousseeuw & Croux, Journal of the American Statistical Association 88 (1993) 1273. */
export function scaleOf(scale: Scale, { values, sd }: ScaleInput, watch: Watch): ChosenScale {
  if (scale === 'none' || !(sd > 0)) return { divisor: 1, replaced: false }
  if (scale === 'unit') return { divisor: sd, replaced: false }
  if (scale === 'pareto') return { divisor: Math.sqrt(sd), replaced: false }
  const divisor = scale === 'range' ? rangeOf(values, watch) : MAD_FACTOR * deviationOf(values, watch)
  const isUsable = divisor > 0 && Number.isFinite(divisor)
  return isUsable ? { divisor, replaced: false } : { divisor: sd, replaced: true }
}

function rangeOf(values: Float64Array, watch: Watch): number {
  let low = Infinity
  let high = -Infinity
  inPieces(values.length, 1, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      low = Math.min(low, values[i]!)
      high = Math.max(high, values[i]!)
    }
  })
  return high - low
}

/** Median of the distances from the median. */
function deviationOf(values: Float64Array, watch: Watch): number {
  const median = medianOf(values, watch)
  return medianOf(
    values.map((value) => Math.abs(value - median)),
    watch
  )
}
