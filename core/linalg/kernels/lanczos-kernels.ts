import type { Address } from './address.ts'

/** assembly/lanczos.ts; strides are doubles from row to row. */
export interface LanczosKernels {
  /** to = diag(f)·from; the two blocks may be the same */
  scaleRows: (
    rows: number,
    columns: number,
    f: Address,
    from: Address,
    fromStride: number,
    to: Address,
    toStride: number
  ) => void
  /** every entry of a block 0 */
  clearRows: (rows: number, columns: number, at: Address, stride: number) => void
  /** puts rows 4s … 4s+3 of a symmetric matrix, the first of them at a, into strip s of the packed one; the largest
   * magnitude of these rows' lower triangle, NaN where there is one */
  packStrip: (s: number, n: number, a: Address, lda: number, packed: Address) => number
  /** y += A·x for strips from … to − 1 of a packed symmetric matrix; x and y have a multiple of four entries */
  multiplyStrips: (from: number, to: number, packed: Address, x: Address, y: Address) => void
  /** d: the diagonal of a tridiagonal matrix, becomes its eigenvalues; e: its couplings, destroyed; z: becomes the last
   * row of its eigenvectors; 0 where they did not converge */
  tridiagonalLastRow: (n: number, d: Address, e: Address, z: Address) => number
}

/** The tasks of assembly/lanczos.ts, for Kernels.share; what each wants for arguments stands there. */
export const LANCZOS_TASKS = { multiplyStrips: 6 * 256 } as const
