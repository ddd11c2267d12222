/** assembly/sparse.ts has tasks only. */
export type SparseKernels = object

/** The tasks of assembly/sparse.ts, for Kernels.share; what each wants for arguments stands there. */
export const SPARSE_TASKS = { multiply: 3 * 256 } as const
