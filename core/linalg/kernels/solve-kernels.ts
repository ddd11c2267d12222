import type { Address } from './address.ts'

/** assembly/solve.ts and assembly/elimination.ts; every leading dimension counts doubles. */
export interface SolveKernels {
  /** T of I − V·T·Vᵀ from the k reflectors in the rows of V and τ on the diagonal of T; work k·k doubles */
  formTriangle: (
    m: number,
    k: number,
    v: Address,
    ldv: number,
    t: Address,
    ldt: number,
    work: Address,
    thread: number
  ) => void
  /** QR of k ≤ m columns of m doubles each, ldp apart: P becomes R, V and T the reflectors; work k·k doubles */
  factorReflections: (
    m: number,
    k: number,
    p: Address,
    ldp: number,
    v: Address,
    ldv: number,
    t: Address,
    ldt: number,
    work: Address,
    thread: number
  ) => void
  /** X ← T⁻¹·X, T small: entry (i, j) at i·rs + j·cs doubles; X n rows of `count`; upper and unit are 0 or 1 */
  solveTriangle: (
    n: number,
    count: number,
    t: Address,
    rs: number,
    cs: number,
    x: Address,
    ldx: number,
    upper: number,
    unit: number
  ) => void
  /** x ← T⁻¹·x, x in one piece, rs or cs 1 */
  solveTriangleVector: (n: number, t: Address, rs: number, cs: number, x: Address, upper: number, unit: number) => void
  /** LU of k ≤ m columns of m doubles each, ldp apart; pivots: k 32-bit integers */
  factorElimination: (m: number, k: number, p: Address, ldp: number, pivots: Address, thread: number) => void
  /** exchanges rows i and pivots[i], i = 0, 1, …, steps − 1 */
  exchangeRows: (n: number, a: Address, lda: number, steps: number, pivots: Address) => void
  /** lower triangle becomes L of L·Lᵀ; 0, or the pivot that is not positive, counted from 1 */
  factorCholesky: (n: number, a: Address, lda: number) => number
}

/** The tasks of assembly/solve.ts, for Kernels.share; what they want for arguments stands there. */
export const SOLVE_TASKS = { factorBlock: 1024, expandBlock: 1025 } as const
