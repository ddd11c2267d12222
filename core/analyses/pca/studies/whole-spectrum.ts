import { eigvalsh } from '../../../linalg/eigvalsh.ts'
import type { Matrix } from '../../../linalg/matrix.ts'
import { createMatrix } from '../../../linalg/matrix.ts'
import { ordinaryArray } from '../../../linalg/passes.ts'
import { syrk } from '../../../linalg/syrk.ts'
import { quiet, type Watch } from '../../../linalg/watch.ts'
import type { PcaStudyInput } from '../prepared.ts'
import { divisorOf } from './preparation.ts'

/** Up to this order the variances that a solver left out are computed after all. */
const ORDER_LIMIT = 2000

/** All variances, descending, or the first where there are too many. */
export interface Spectrum {
  values: Float64Array
  isWhole: boolean
}

/** The variances of all components of a PCA: those of the result where its solver computed them all. */
export function wholeSpectrum(input: PcaStudyInput, z: Matrix, weights: Float64Array | null, watch: Watch): Spectrum {
  const order = Math.min(z.rows, z.columns)
  const stored = input.array('spectrum')?.data ?? input.summary.explainedVariance
  if (stored.length >= order) return { values: Float64Array.from(stored).slice(0, order), isWhole: true }
  if (order > ORDER_LIMIT) return { values: Float64Array.from(stored), isWhole: false }
  const rows = weights === null ? z : weighted(z, weights)
  const products = syrk(rows, z.columns <= z.rows ? 'columns' : 'rows', quiet(watch))
  const divisor = divisorOf(input.params, z.rows)
  const values = eigvalsh(products, watch).map((value) => Math.max(0, value) / divisor)
  return { values, isWhole: true }
}

function weighted({ rows, columns, data }: Matrix, weights: Float64Array): Matrix {
  const out = ordinaryArray(rows * columns)
  for (let i = 0, at = 0; i < rows; i++) {
    const root = Math.sqrt(weights[i]!)
    for (let j = 0; j < columns; j++, at++) out[at] = root * data[at]!
  }
  return createMatrix(rows, columns, out)
}
