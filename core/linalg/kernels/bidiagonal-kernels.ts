import type { Address } from './address.ts'

/** assembly/bidiagonal.ts; strides in doubles. */
export interface BidiagonalKernels {
  /** columns and rows from … to − 1 of B (m × n, by columns in W) become bidiagonal; the rest is B − Pᵀ·G */
  bidiagonalizePanel: (
    m: number,
    n: number,
    from: number,
    to: number,
    w: Address,
    ldw: number,
    p: Address,
    ldp: number,
    g: Address,
    ldg: number,
    d: Address,
    e: Address,
    tauLeft: Address,
    tauRight: Address,
    work: Address,
    threads: number
  ) => void
}

/** The tasks of assembly/bidiagonal-secular.ts, for Kernels.share. Arguments of all three: K, entries a task, then the addresses
 * of d, z, sigma, P, refined, columns, U, V, failures. */
export const BIDIAGONAL_TASKS = { roots: 512, weights: 513, vectors: 514 } as const
