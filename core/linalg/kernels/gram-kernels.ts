/** The tasks of assembly/gram.ts, for Kernels.share; what each wants for arguments stands there. */
export const GRAM_TASKS = { tall: 0x700, wide: 0x701 } as const
