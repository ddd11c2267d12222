/** 'single' counts 24 binary digits, and takes half the time. */
export type Precision = 'single' | 'double'

/** The tasks of assembly/rows.ts, for Kernels.share; what they want for arguments stands there. */
export const ROWS_TASKS = {
  double: { sumParts: 0xa00, solveRows: 0xa01 },
  single: { sumParts: 0xa02, solveRows: 0xa03 },
  multiplyPairs: 0xa04,
  sparseGram: 0xa05
} as const

/** How the system of a row lies in memory, counted in numbers of the precision. */
export interface SystemLayout {
  precision: Precision
  size: number
  /** zeros before a row */
  lead: number
  /** lead, row and right side: whole tiles */
  width: number
  /** from row to row, and how many rows there is room for: strips of six rows never reach past it */
  stride: number
  /** of a system */
  length: number
}

export function layOut(size: number, precision: Precision): SystemLayout {
  const tile = precision === 'single' ? 8 : 4
  const width = Math.ceil((size + 1) / tile) * tile
  const lead = width - size - 1
  const rows = Math.ceil(size / 6) * 6
  const stride = Math.ceil(Math.max(width, lead + rows) / tile) * tile
  return { precision, size, lead, width, stride, length: stride * stride }
}
