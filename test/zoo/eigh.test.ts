import { describe, expect, test } from 'vitest'
import { eigh } from '../../core/linalg/eigh.ts'
import { eigvalsh } from '../../core/linalg/eigvalsh.ts'
import { createMatrix } from '../../core/linalg/matrix.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import { tridiagonalEigh } from '../../core/linalg/tridiagonal-eigh.ts'
import { certifyEigh } from './eigh-certificate.ts'
import { hardTridiagonals, symmetricZoo, tridiagonalMatrix } from './symmetric-matrices.ts'
import { worstRatios } from './worst-ratios.ts'

const note = worstRatios('eigh')

describe('eigh and eigvalsh on the symmetric matrix types of LAPACK', () => {
  for (const n of [0, 1, 2, 3, 5, 20, 100, 300]) {
    for (const { name, a, spectrum } of symmetricZoo(n, new SeededRandom(1000 + n))) {
      test(`n = ${n}, type ${name}`, () => {
        const where = `n = ${n}, type ${name}`
        const { w, v } = eigh(createMatrix(n, n, a))
        const { residual, orthogonality } = certifyEigh(a, n, w, v.data)
        note('residual', residual, where)
        note('orthogonality', orthogonality, where)
        note('values alone', spectrumError(eigvalsh(createMatrix(n, n, a)), w), where)
        if (spectrum !== null) note('spectrum', spectrumError(w, spectrum), where)
        expect(w).toEqual(w.slice().sort((x, y) => y - x))
      })
    }
  }
})

describe('tridiagonal matrices that are hard to divide or to deflate', () => {
  for (const { name, d, e } of hardTridiagonals(new SeededRandom(7))) {
    test(name, () => {
      const n = d.length
      const a = tridiagonalMatrix(d, e)
      const { w, q } = tridiagonalEigh(d, e)
      const v = Float64Array.from(q.data, (_, at) => q.data[(at % n) * n + Math.floor(at / n)]!)
      const { residual, orthogonality } = certifyEigh(a, n, w, v)
      note('tridiagonal residual', residual, name)
      note('tridiagonal orthogonality', orthogonality, name)
      note('tridiagonal values alone', spectrumError(eigvalsh(createMatrix(n, n, a)), w), name)
    })
  }
})

/** max |w − d| / (n·ulp·max |d|): by Weyl's theorem no more than the residual allows. */
function spectrumError(w: Float64Array, spectrum: Float64Array): number {
  const largest = spectrum.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const error = w.reduce((most, value, k) => Math.max(most, Math.abs(value - spectrum[k]!)), 0)
  return error === 0 ? 0 : error / (w.length * Number.EPSILON * largest)
}
