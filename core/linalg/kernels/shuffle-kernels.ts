/** The tasks of assembly/shuffle.ts, for Kernels.share; what they want for arguments stands there. */
export const SHUFFLE_TASKS = { columns: 0x800, draws: 0x801 } as const
