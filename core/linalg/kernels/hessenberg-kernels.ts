import type { Address } from './address.ts'

/** assembly/hessenberg.ts; n is a count of columns or rows, lda the doubles from row to row. */
export interface HessenbergKernels {
  /** (x, y, z) ← (I − τ·u·uᵀ)·(x, y, z), three rows of n, u = (1, u2, u3) */
  reflectThreeRows: (n: number, x: Address, y: Address, z: Address, tau: number, u2: number, u3: number) => void
  /** the same from the right for three neighbouring columns of n rows */
  reflectThreeColumns: (n: number, at: Address, lda: number, tau: number, u2: number, u3: number) => void
  /** (x, y) ← (c·x + s·y, c·y − s·x), two neighbouring columns of n rows */
  rotateColumns: (n: number, at: Address, lda: number, c: number, s: number) => void
}
