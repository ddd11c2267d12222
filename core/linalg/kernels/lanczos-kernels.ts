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
}
