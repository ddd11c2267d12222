/** The tasks of assembly/rows.ts, for Kernels.share; what they want for arguments stands there. */
export const ROWS_TASKS = { sumParts: 0xa00, solveRows: 0xa01 } as const

/** Doubles from row to row of a system and of what is gathered for it: tiles of 6 × 4 never reach past them. */
export const systemStride = (size: number): number =>
  Math.ceil(Math.max(Math.ceil((size + 1) / 4) * 4, Math.ceil(size / 6) * 6) / 2) * 2

/** Doubles of a system. */
export const systemLength = (size: number): number => Math.ceil(size / 6) * 6 * systemStride(size)
