/** The tasks of assembly/sparse.ts, for Kernels.share; what each wants for arguments stands there. */
export const SPARSE_TASKS = { multiply: 768, spread: 769, addParts: 770 } as const
