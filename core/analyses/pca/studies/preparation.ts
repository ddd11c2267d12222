import type { Preparation } from '../../../stats/prepare-again.ts'
import type { PcaParams } from '../spec.ts'

/** What of the preparation of a PCA is done anew for some of its rows. Ranges and medians are those of all rows: a sample of
 * the rows has no range of its own worth the name. */
export function preparationOf({ centre, scale }: PcaParams): Preparation {
  return { centre: centre === 'mean', scale: scale === 'unit' || scale === 'pareto' ? scale : 'keep' }
}

/** What sums of squares of so many rows are divided by. */
export const divisorOf = ({ divisor }: PcaParams, nRows: number): number => (divisor === 'n' ? nRows : nRows - 1)
