import type { Address } from './address.ts'

/** assembly/tridiagonal.ts, tridiagonal-ql.ts and secular.ts; strides in doubles, rows and order are 32-bit numbers. */
export interface TridiagonalKernels {
  /** b[j][i] = f·g·a[i][j] for first ≤ i < end, j ≤ i */
  transposeTriangle: (
    first: number,
    end: number,
    a: Address,
    lda: number,
    b: Address,
    ldb: number,
    f: number,
    g: number
  ) => void
  /** y = A·x for A in its upper triangle */
  multiplySymmetric: (m: number, a: Address, lda: number, x: Address, y: Address) => void
  /** y = the sum of what the tasks of multiplySymmetric left, gap bytes apart */
  sumSymmetric: (m: number, parts: number, sums: Address, gap: number, y: Address) => void
  /** writes the diagonal, β and τ to out */
  beginReflection: (
    i: number,
    m: number,
    x: Address,
    v: Address,
    w: Address,
    ld: number,
    scratch: Address,
    out: Address
  ) => void
  endReflection: (
    i: number,
    m: number,
    v: Address,
    vPanel: Address,
    wPanel: Address,
    ld: number,
    scratch: Address,
    tau: number,
    again: number
  ) => void
  /** n rows, `count` columns, n doubles from row to row */
  signedColumns: (n: number, count: number, q: Address, ldq: number, order: Address, v: Address) => void
  /** the first index that is left, n at the end, −1 where it does not converge */
  rootFreeQl: (n: number, d: Address, eSquared: Address, first: number, limit: number) => number
  gatherRows: (
    count: number,
    rows: Address,
    from: Address,
    ldFrom: number,
    width: number,
    to: Address,
    ldTo: number
  ) => void
  copyRows: (count: number, width: number, from: Address, ldFrom: number, to: Address, ldTo: number) => void
}

/** The tasks of assembly/tridiagonal.ts, for Kernels.share; what each wants for arguments stands there. */
export const TRIDIAGONAL_TASKS = {
  multiplySymmetric: 256,
  leaf: 257,
  roots: 258,
  products: 259,
  vectors: 260
} as const
