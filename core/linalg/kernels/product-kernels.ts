import type { Address } from './address.ts'

/** assembly/products.ts and assembly/vector-products.ts: kernels that a single thread runs; strides in doubles. */
export interface ProductKernels {
  /** C += α·A·B; part 0: all of C, 1: column ≥ row, 2: column ≤ row */
  multiplyAdd: (
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: Address,
    aRowStride: number,
    aColumnStride: number,
    b: Address,
    bRowStride: number,
    bColumnStride: number,
    c: Address,
    ldc: number,
    part: number,
    thread: number
  ) => void
  /** y += α·A·x for A m × n with rows lda apart */
  multiplyRows: (m: number, n: number, alpha: number, a: Address, lda: number, x: Address, y: Address) => void
  /** y += α·Aᵀ·x for A m × n with rows lda apart */
  multiplyColumns: (m: number, n: number, alpha: number, a: Address, lda: number, x: Address, y: Address) => void
}

/** The tasks of assembly/products.ts, for Kernels.share; what each wants for arguments stands there. */
export const PRODUCT_TASKS = { multiply: 0, multiplyRows: 1, multiplyColumns: 2, addUp: 3 } as const
