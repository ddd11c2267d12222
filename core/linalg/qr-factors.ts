import type { Matrix } from './matrix.ts'

/** A = Q·R with orthonormal columns in Q and R upper triangular, its diagonal not negative. */
export interface QrFactors {
  q: Matrix
  r: Matrix
}

/** A matrix of no more columns than this and so many times as many rows is cut into blocks of rows: up to a fifth faster with
 * one thread, and its columns are shared among threads too. */
const TALL_COLUMNS = 96
const TALL_SHAPE = 16
