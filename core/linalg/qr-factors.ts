import type { Matrix } from './matrix.ts'

/** A = Q·R with orthonormal columns in Q and R upper triangular, its diagonal not negative. */
export interface QrFactors {
  q: Matrix
  r: Matrix
}
