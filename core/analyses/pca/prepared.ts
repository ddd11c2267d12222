import type { StudyInput } from '../../contract/study.ts'
import { EigendeskError } from '../../contract/errors.ts'
import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { inPieces, ordinaryArray } from '../../linalg/passes.ts'
import { unwatched, type Watch } from '../../linalg/watch.ts'
import type { PcaParams, PcaSummary } from './spec.ts'

/** What a study of a PCA looks at. */
export type PcaStudyInput = StudyInput<PcaParams, PcaSummary>

/** The table a PCA decomposed. */
export interface PreparedMatrix {
  /** nSamples × nFeatures, row-major: centred and scaled, missing cells filled as the fit filled them */
  z: Matrix
  /** of mean 1; null where rows count alike */
  weights: Float64Array | null
}

/** Makes the table again that a stored PCA decomposed, from the dataset and what the result says of it.
 * @param input its table has the columns that were fitted
 * @returns Z; where columns are centred at their means, to the last digit: they are centred once more */
export function preparedMatrix(input: PcaStudyInput, watch: Watch = unwatched): PreparedMatrix {
  const { table, params, summary } = input
  const rowsUsed = arrayOf(input, 'rowsUsed')
  const weights = input.array('weights')?.data ?? null
  const [n, p] = [rowsUsed.length, params.columns.length]
  const z = createMatrix(n, p, ordinaryArray(n * p))
  params.columns.forEach((name, j) => {
    const column = table.columns.find((candidate) => candidate.name === name)
    if (column?.kind !== 'number') throw new EigendeskError('COLUMN_UNKNOWN', { value: name })
    const [mean, scale] = [summary.mean[j]!, summary.scale[j]!]
    inPieces(n, 1, watch, (from, to) => {
      for (let i = from; i < to; i++) z.data[i * p + j] = (column.values[rowsUsed[i]!]! - mean) / scale
    })
  })
  fillCells(input, z, rowsUsed)
  if (params.centre === 'mean') centreAgain(z, weights as Float64Array | null, watch)
  return { z, weights: weights as Float64Array | null }
}

function arrayOf(input: PcaStudyInput, name: string): Int32Array | Float64Array {
  const array = input.array(name)
  if (!array) throw new EigendeskError('ARRAY_UNKNOWN', { value: name })
  return array.data
}

function fillCells(input: PcaStudyInput, z: Matrix, rowsUsed: ArrayLike<number>): void {
  const rows = input.array('imputedRow')?.data
  if (!rows) return
  const { summary } = input
  const columns = arrayOf(input, 'imputedColumn')
  const values = arrayOf(input, 'imputedValue')
  // Filled cells come in the order of the rows.
  let i = 0
  for (let at = 0; at < rows.length; at++) {
    while (rowsUsed[i] !== rows[at]) i++
    const j = columns[at]!
    z.data[i * z.columns + j] = (values[at]! - summary.mean[j]!) / summary.scale[j]!
  }
}

/** A mean that was rounded once is off by as much in every row. */
function centreAgain(z: Matrix, weights: Float64Array | null, watch: Watch): void {
  const { rows, columns, data } = z
  const left = new Float64Array(columns)
  inPieces(rows, columns, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const share = (weights?.[i] ?? 1) / rows
      for (let j = 0; j < columns; j++) left[j]! += share * data[i * columns + j]!
    }
  })
  inPieces(rows, columns, watch, (from, to) => {
    for (let i = from; i < to; i++) for (let j = 0; j < columns; j++) data[i * columns + j]! -= left[j]!
  })
}
