import type { Address } from './address.ts'

/** assembly/vectors.ts; n is a count of doubles. */
export interface VectorKernels {
  /** Σ xᵢyᵢ */
  dot: (n: number, x: Address, y: Address) => number
  /** y += a·x */
  axpy: (n: number, a: number, x: Address, y: Address) => void
  /** x ·= a */
  scale: (n: number, a: number, x: Address) => void
  /** (x, y) ← (c·x + s·y, c·y − s·x) */
  rotate: (n: number, x: Address, y: Address, c: number, s: number) => void
  /** rows k and k + 1 are turned by rotation k, k = 0 … count − 1 */
  rotateRows: (count: number, n: number, turns: Address, x: Address, ldx: number) => void
  /** the largest magnitude; NaN where there is one */
  largest: (n: number, x: Address) => number
  /** B = Aᵀ; lda and ldb are doubles from row to row */
  transposeInto: (rows: number, columns: number, a: Address, lda: number, b: Address, ldb: number) => void
  /** n steps of twelve chains of multiply-adds in registers, 48·n flops (assembly/ceiling.ts); at: 28 doubles */
  multiplyAddCeiling: (n: number, at: Address) => number
}
