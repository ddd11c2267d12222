import type { Address } from './address.ts'

/** assembly/solve.ts; every leading dimension counts doubles. */
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
}
