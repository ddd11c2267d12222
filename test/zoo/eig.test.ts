import { describe, expect, test } from 'vitest'
import { eig, eigenvalues, type Eigendecomposition, type Eigenvalues } from '../../core/linalg/eig.ts'
import type { Matrix } from '../../core/linalg/matrix.ts'
import { exponentOf } from '../../core/linalg/power-of-two.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import { generalZoo } from './nonsymmetric-matrices.ts'
import { scaled } from './random-matrices.ts'
import { worstRatios } from './worst-ratios.ts'

const ULP = Number.EPSILON

const note = worstRatios('eig')

describe('eig on the nonsymmetric matrix types of LAPACK', () => {
  for (const n of [0, 1, 2, 3, 5, 20, 100, 300]) {
    const zoo = generalZoo(n, new SeededRandom(2000 + n))
    // The largest order only where the iteration has something to do.
    for (const { name, a, spectrum } of zoo.filter((_, k) => n < 300 || k % 3 === 0)) {
      test(`n = ${n}, type ${name}`, () => {
        const result = eig(a)
        note('residual', residualRatio(a, result), `n = ${n}, type ${name}`)
        note('certificate', result.residual, `n = ${n}, type ${name}`)
        note('length', lengthRatio(result), `n = ${n}, type ${name}`)
        expectPairs(result)
        const alone = eigenvalues(a)
        expectPairs(alone)
        if (!spectrum) return
        note('spectrum', spectrumRatio(result, spectrum), `n = ${n}, type ${name}`)
        note('spectrum', spectrumRatio(alone, spectrum), `n = ${n}, type ${name}`)
      })
    }
  }
})

/** ‖AV − VΛ‖₁ / (n·ulp·‖A‖₁): V Λ Vᴴ need not be near A, but each column is an eigenvector of a matrix as near to A. */
function residualRatio(given: Matrix, { real, imaginary, vectorsReal, vectorsImaginary }: Eigendecomposition): number {
  const n = given.rows
  const largest = given.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const e = largest === 0 ? 0 : -exponentOf(largest)
  const a = scaled(given, e)
  const values = scaled({ rows: 2, columns: n, data: Float64Array.of(...real, ...imaginary) }, e).data
  const sums = new Float64Array(n)
  const norms = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const re = new Float64Array(n)
    const im = new Float64Array(n)
    for (let j = 0; j < n; j++) {
      const weight = a.data[i * n + j]!
      norms[j]! += Math.abs(weight)
      for (let k = 0; k < n; k++) {
        re[k]! += weight * vectorsReal.data[j * n + k]!
        im[k]! += weight * vectorsImaginary.data[j * n + k]!
      }
    }
    for (let k = 0; k < n; k++) {
      const x = vectorsReal.data[i * n + k]!
      const y = vectorsImaginary.data[i * n + k]!
      const [p, q] = [values[k]!, values[n + k]!]
      sums[k]! += Math.hypot(re[k]! - p * x + q * y, im[k]! - p * y - q * x)
    }
  }
  const norm = norms.reduce((most, sum) => Math.max(most, sum), 0)
  const residual = sums.reduce((most, sum) => Math.max(most, sum), 0)
  return residual === 0 ? 0 : residual / (n * ULP * norm)
}

/** How far the vectors are from length 1, in ulp·n; also holds their phase to what is promised. */
function lengthRatio({ vectorsReal, vectorsImaginary }: Eigendecomposition): number {
  const n = vectorsReal.rows
  let ratio = 0
  for (let k = 0; k < n; k++) {
    const moduli = Float64Array.from({ length: n }, (_, i) =>
      Math.hypot(vectorsReal.data[i * n + k]!, vectorsImaginary.data[i * n + k]!)
    )
    const square = moduli.reduce((sum, modulus) => sum + modulus * modulus, 0)
    const largest = moduli.reduce((most, modulus) => Math.max(most, modulus), 0)
    // Entries whose moduli differ by rounding alone may both be taken for the largest.
    const candidates = Array.from(moduli.keys()).filter((i) => moduli[i]! >= largest * (1 - 8 * ULP))
    const turned = candidates.map((i) => Math.atan2(vectorsImaginary.data[i * n + k]!, vectorsReal.data[i * n + k]!))
    expect(Math.min(...turned.map(Math.abs))).toBe(0)
    const off = Math.abs(Math.sqrt(square) - 1) / (n * ULP)
    ratio = Math.max(ratio, off)
  }
  return ratio
}

function expectPairs({ real, imaginary }: Eigenvalues): void {
  for (let k = 0; k < real.length; k++) {
    if (k > 0) {
      const [before, now] = [k - 1, k].map((at) => Math.hypot(real[at]!, imaginary[at]!))
      expect(now).toBeLessThanOrEqual(before!)
    }
    if (imaginary[k] === 0) continue
    expect(imaginary[k]).toBeGreaterThan(0)
    expect([real[k + 1], imaginary[k + 1]]).toEqual([real[k], -imaginary[k]!])
    k++
  }
}

/** The largest distance between an eigenvalue and the prescribed one it is matched with, over n·ulp·max |λ|: for a
 * normal matrix no more than the residual allows (Hoffman & Wielandt). */
function spectrumRatio(found: Eigenvalues, wanted: Eigenvalues): number {
  const n = found.real.length
  const left = new Set(Array.from({ length: n }, (_, k) => k))
  const largest = wanted.real.reduce((most, re, k) => Math.max(most, Math.hypot(re, wanted.imaginary[k]!)), 0)
  let error = 0
  for (let k = 0; k < n; k++) {
    let best = -1
    let least = Infinity
    for (const other of left) {
      const distance = Math.hypot(found.real[k]! - wanted.real[other]!, found.imaginary[k]! - wanted.imaginary[other]!)
      if (distance < least) {
        least = distance
        best = other
      }
    }
    left.delete(best)
    error = Math.max(error, least)
  }
  return error === 0 ? 0 : error / (n * ULP * largest)
}
