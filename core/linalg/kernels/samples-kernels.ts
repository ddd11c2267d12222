/** The task of assembly/samples.ts, for Kernels.share; what it wants for arguments stands there. */
export const SAMPLES_TASKS = { products: 0x900 } as const
