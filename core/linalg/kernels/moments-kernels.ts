import type { Address } from './address.ts'

/** assembly/moments.ts. */
export interface MomentsKernels {
  /** joins record b to record a, p columns, rows of pad doubles */
  joinRecords: (a: Address, b: Address, p: number, pad: number, products: number) => void
}

/** The tasks of assembly/moments.ts, for Kernels.share; what each wants for arguments stands there. */
export const MOMENTS_TASKS = { record: 0x500, project: 0x501, centre: 0x502 } as const

/** Doubles before the rows of a record, and the rows (of pad doubles) before its products. */
const RECORD_HEAD = 8
const RECORD_ROWS = 7

/** Which row of a record holds what. */
export const RECORD_ROW = { pivot: 1, offset: 2, lowest: 3, highest: 4, squares: 5 } as const

/** Columns of a record, filled up so that tiles of 6 × 4 never reach past them. */
export const padColumns = (columns: number): number => Math.max(Math.ceil(columns / 6) * 6, Math.ceil(columns / 4) * 4)

/** Doubles of a record. */
export const recordLength = (pad: number, products: boolean): number =>
  RECORD_HEAD + (RECORD_ROWS + (products ? pad : 0)) * pad

/** One row of a record, or its products, pad × pad. */
export const recordRow = (record: Float64Array, pad: number, row: number): Float64Array =>
  record.subarray(RECORD_HEAD + row * pad, RECORD_HEAD + (row + 1) * pad)
export const recordProducts = (record: Float64Array, pad: number): Float64Array =>
  record.subarray(RECORD_HEAD + RECORD_ROWS * pad)
