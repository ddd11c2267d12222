import { EigendeskError } from '../contract/errors.ts'

/** A = L Lᵀ in place.
 * @param a n×n row-major, symmetric positive definite; the lower triangle is read and overwritten with L, the strict
 *   upper triangle is neither read nor written
 * @throws NOT_POSITIVE_DEFINITE with the pivot, counted from 1
 * Cost: n³/3 flops, no extra memory. Source: Golub & Van Loan, Matrix Computations, §4.2.5 (row by row, so that every
 * inner product runs along two rows). */
export function choleskyFactor(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * n
    for (let j = 0; j <= i; j++) {
      const other = j * n
      let rest = a[row + j]!
      for (let k = 0; k < j; k++) rest -= a[row + k]! * a[other + k]!
      if (j < i) {
        a[row + j] = rest / a[other + j]!
      } else {
        if (!(rest > 0 && rest < Infinity)) throw new EigendeskError('NOT_POSITIVE_DEFINITE', { value: i + 1 })
        a[row + i] = Math.sqrt(rest)
      }
    }
  }
}

/** Solves L Lᵀ x = b; b becomes x.
 * @param l n×n row-major, from choleskyFactor; the lower triangle is read
 * @param b n */
export function choleskySolve(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let rest = b[i]!
    for (let k = 0; k < i; k++) rest -= l[i * n + k]! * b[k]!
    b[i] = rest / l[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    const x = b[i]! / l[i * n + i]!
    b[i] = x
    for (let k = 0; k < i; k++) b[k]! -= l[i * n + k]! * x
  }
}
