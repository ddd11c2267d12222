import type { Address } from './address.ts'
import type { BidiagonalKernels } from './bidiagonal-kernels.ts'
import type { LanczosKernels } from './lanczos-kernels.ts'
import type { HessenbergKernels } from './hessenberg-kernels.ts'
import type { MomentsKernels } from './moments-kernels.ts'
import type { ProductKernels } from './product-kernels.ts'
import type { SolveKernels } from './solve-kernels.ts'
import type { TridiagonalKernels } from './tridiagonal-kernels.ts'
import type { VectorKernels } from './vector-kernels.ts'

/** assembly/team.ts: a leader and its helpers. */
interface TeamKernels {
  setScratch: (at: Address) => number
  openRound: (kernel: number, args: Address, total: number) => void
  runNext: (thread: number) => number
  closeRound: () => number
  serve: (thread: number) => void
  failRound: () => void
  dissolve: () => void
}

/** What kernels.wasm offers. Every function takes and gives numbers; arrays are told by address, sizes in doubles. */
export type KernelExports = TeamKernels &
  VectorKernels &
  ProductKernels &
  TridiagonalKernels &
  BidiagonalKernels &
  HessenbergKernels &
  SolveKernels &
  MomentsKernels &
  LanczosKernels
