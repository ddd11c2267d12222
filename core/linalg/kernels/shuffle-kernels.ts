/** The task of assembly/shuffle.ts, for Kernels.share; what it wants for arguments stands there. */
export const SHUFFLE_TASKS = { columns: 0x800 } as const
