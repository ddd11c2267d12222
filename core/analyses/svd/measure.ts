import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { gemm } from '../../linalg/gemm.ts'
import { matrixNorm } from '../../linalg/matrix-norm.ts'
import { euclideanNorm } from '../../linalg/norms.ts'
import { inPieces } from '../../linalg/passes.ts'
import { denseOf } from '../../linalg/sparse.ts'
import { multiplySparse, multiplySparseTransposed } from '../../linalg/sparse-multiply.ts'
import { syrk } from '../../linalg/syrk.ts'
import type { Watch } from '../../linalg/watch.ts'
import type { Decomposition } from './solve.ts'
import type { SvdSource } from './sources/source.ts'
import type { SvdSummary } from './spec.ts'

const ULP = Number.EPSILON
type Matrices = Pick<SvdSource, 'matrix'>

/** Multiplications for which the differences A − A_k are formed entry by entry. */
const FORMED = 4e8
const MOST_FORMED = 4_000_000

/** Entries of A, the zeros of a sparse one left out. */
const entriesOf = ({ matrix }: Matrices): Float64Array => (matrix.kind === 'dense' ? matrix.a.data : matrix.a.values)

export const frobeniusNorm = (source: Matrices, watch: Watch): number => euclideanNorm(entriesOf(source), watch)

/** Entries that are not 0, and how many there are in each column. */
export function countEntries({ matrix }: Matrices, watch: Watch): { nEntries: number; columnEntries: Int32Array } {
  const { columns } = matrix.a
  const columnEntries = new Int32Array(columns)
  if (matrix.kind === 'sparse') {
    const { values, columnIndexes } = matrix.a
    inPieces(values.length, 1, watch, (from, to) => {
      for (let e = from; e < to; e++) if (values[e] !== 0) columnEntries[columnIndexes[e]!]!++
    })
  } else {
    const { rows, data } = matrix.a
    inPieces(rows, columns, watch, (from, to) => {
      for (let i = from; i < to; i++)
        for (let j = 0; j < columns; j++) if (data[i * columns + j] !== 0) columnEntries[j]!++
    })
  }
  return { nEntries: columnEntries.reduce((sum, count) => sum + count, 0), columnEntries }
}

/** Variance (divisor n) of each factor's coordinates U·diag(σ), and its share of the variance of the columns of A, as in
 * scikit-learn's TruncatedSVD. Entries are divided by ‖A‖F first, so that squares stay in range. */
export function explainedVariance(
  source: Matrices,
  { u, spectrum }: Decomposition,
  norm: number,
  watch: Watch
): Pick<SvdSummary, 'explainedVariance' | 'explainedVarianceRatio'> {
  const total = columnVariances(source, norm, watch)
  const { rows, columns: nFactors } = u
  const explained = Array.from({ length: nFactors }, (_, k) => {
    const sigma = spectrum[k]! / norm
    let mean = 0
    for (let i = 0; i < rows; i++) mean += (u.data[i * nFactors + k]! * sigma) / rows
    let sum = 0
    inPieces(rows, 1, watch, (from, to) => {
      for (let i = from; i < to; i++) sum += (u.data[i * nFactors + k]! * sigma - mean) ** 2
    })
    return sum / rows
  })
  return {
    explainedVariance: explained.map((value) => value * norm * norm),
    // Equal rows leave a variance of rounding, which has no shares.
    explainedVarianceRatio: explained.map((value) => (total > ULP * ULP ? value / total : 0))
  }
}

/** Σ over the columns of A/norm of their variance, divisor n, in two passes; zeros that are not stored count. */
function columnVariances({ matrix }: Matrices, norm: number, watch: Watch): number {
  const { rows, columns } = matrix.a
  const data = entriesOf({ matrix })
  const columnOf = matrix.kind === 'sparse' ? matrix.a.columnIndexes : null
  const means = new Float64Array(columns)
  const stored = new Float64Array(columns)
  const each = (step: (column: number, value: number) => void): void => {
    let column = 0
    inPieces(data.length, 1, watch, (from, to) => {
      for (let e = from; e < to; e++) {
        step(columnOf ? columnOf[e]! : column, data[e]! / norm)
        if (++column === columns) column = 0
      }
    })
  }
  each((column, value) => {
    means[column]! += value / rows
    stored[column]!++
  })
  let total = 0
  each((column, value) => {
    total += (value - means[column]!) ** 2
  })
  for (let j = 0; j < columns; j++) total += (rows - stored[j]!) * means[j]! ** 2
  return total / rows
}

/** How well the factors hold, in units of rounding: max over k of ‖Av−σu‖ and ‖Aᵀu−σv‖ by L·ulp·σ₁, and ‖I−UᵀU‖₁, ‖I−VᵀV‖₁ by
 * L·ulp, L the larger side. Below 10 is as good as LAPACK. Source: LAPACK's TESTING/EIG/dbdt01.f, dort01.f. */
export function certify(source: Matrices, { u, v, spectrum }: Decomposition, watch: Watch): SvdSummary['certificate'] {
  const { matrix } = source
  const longest = Math.max(u.rows, v.rows)
  const images =
    matrix.kind === 'dense'
      ? [gemm(matrix.a, v, {}, watch), gemm(matrix.a, u, { transposeA: true }, watch)]
      : [multiplySparse(matrix.a, v, watch), multiplySparseTransposed(matrix.a, u, watch)]
  const error = Math.max(distance(images[0]!, u, spectrum, watch), distance(images[1]!, v, spectrum, watch))
  const slack = Math.max(fromIdentity(u, watch), fromIdentity(v, watch))
  return { residual: error / spectrum[0]! / (longest * ULP), orthogonality: slack / (longest * ULP) }
}

/** max over k of ‖imageₖ − σₖ·vectorₖ‖ */
function distance(image: Matrix, vectors: Matrix, spectrum: Float64Array, watch: Watch): number {
  const { rows, columns } = vectors
  let largest = 0
  for (let k = 0; k < columns; k++) {
    watch.checkpoint()
    const difference = Float64Array.from({ length: rows }, (_, i) => {
      return image.data[i * columns + k]! - spectrum[k]! * vectors.data[i * columns + k]!
    })
    largest = Math.max(largest, euclideanNorm(difference, watch))
  }
  return largest
}

function fromIdentity(vectors: Matrix, watch: Watch): number {
  const products = syrk(vectors, 'columns', watch)
  for (let k = 0; k < products.rows; k++) products.data[k * products.rows + k]! -= 1
  return matrixNorm(products, 'one', watch)
}

/** ‖A − A_k‖F for k = 0 … K beside the least that is possible, √Σ_{i>k} σᵢ².
 * Where it takes too long to form the differences, ‖A − A_k‖² = ‖A‖² − 2Σσᵢ·uᵢᵀAvᵢ + Σσᵢ² with uᵢᵀAvᵢ = σᵢ to the certificate.
 * Source: Eckart & Young, "The approximation of one matrix by another of lower rank", Psychometrika 1 (1936). */
export function rankErrors(
  source: Matrices,
  decomposition: Decomposition,
  norm: number,
  watch: Watch
): Pick<SvdSummary, 'errors' | 'eckartYoung' | 'errorsFormed'> {
  const { u, v, spectrum } = decomposition
  const nFactors = u.columns
  const cells = u.rows * v.rows
  const whole = spectrum.length === Math.min(u.rows, v.rows)
  // Sums from the smallest on, so that they lose nothing; what was not computed is what the others leave of ‖A‖².
  const squares = spectrum.map((sigma) => (sigma / norm) ** 2)
  const beyond = whole ? 0 : Math.max(0, 1 - squares.reduce((sum, square) => sum + square, 0))
  const tails = new Float64Array(spectrum.length + 1)
  tails[spectrum.length] = beyond
  for (let k = spectrum.length - 1; k >= 0; k--) tails[k] = tails[k + 1]! + squares[k]!
  const eckartYoung = Array.from({ length: nFactors + 1 }, (_, k) => norm * Math.sqrt(tails[k]!))
  if (cells > MOST_FORMED || cells * nFactors > FORMED) return { errors: eckartYoung, eckartYoung, errorsFormed: false }
  const { matrix } = source
  const left = createMatrix(
    u.rows,
    v.rows,
    (matrix.kind === 'dense' ? matrix.a : denseOf(matrix.a, watch)).data.slice()
  )
  const errors = [euclideanNorm(left.data, watch)]
  for (let k = 0; k < nFactors; k++) {
    watch.checkpoint()
    for (let i = 0; i < u.rows; i++) {
      const factor = spectrum[k]! * u.data[i * nFactors + k]!
      for (let j = 0, at = i * v.rows; j < v.rows; j++, at++) left.data[at]! -= factor * v.data[j * nFactors + k]!
    }
    errors.push(euclideanNorm(left.data, watch))
  }
  return { errors, eckartYoung, errorsFormed: true }
}
