import { afterAll, describe, expect, test } from 'vitest'
import { certifyEigh } from '../../core/linalg/decomposition-certificate.ts'
import { eigh } from '../../core/linalg/eigh.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import { symmetricZoo } from './symmetric-matrices.ts'

/** LAPACK's threshold for the ratios of dsyt21 is 30 to 50 (TESTING/sep.in); ours is stricter. */
const THRESHOLD = 10

const worst = { residual: 0, orthogonality: 0, spectrum: 0, where: '' }

describe('eigh on the symmetric matrix types of LAPACK', () => {
  for (const n of [0, 1, 2, 3, 5, 20, 100]) {
    for (const { name, a, spectrum } of symmetricZoo(n, new SeededRandom(1000 + n))) {
      test(`n = ${n}, type ${name}`, () => {
        const { w, v } = eigh(a, n)
        const { residual, orthogonality } = certifyEigh(a, n, w, v)
        const error = spectrum === null ? 0 : spectrumError(w, spectrum)
        if (Math.max(residual, orthogonality, error) > Math.max(worst.residual, worst.orthogonality, worst.spectrum)) {
          worst.where = `n = ${n}, type ${name}`
        }
        worst.residual = Math.max(worst.residual, residual)
        worst.orthogonality = Math.max(worst.orthogonality, orthogonality)
        worst.spectrum = Math.max(worst.spectrum, error)
        expect(residual).toBeLessThan(THRESHOLD)
        expect(orthogonality).toBeLessThan(THRESHOLD)
        expect(error).toBeLessThan(THRESHOLD)
        expect(w).toEqual(w.slice().sort((x, y) => y - x))
      })
    }
  }
})

afterAll(() => {
  const { residual, orthogonality, spectrum, where } = worst
  const shown = [residual, orthogonality, spectrum].map((ratio) => ratio.toFixed(3)).join(', ')
  console.info(`eigh zoo: worst residual, orthogonality, spectrum ratios ${shown} (${where})`)
})

/** max |w − d| / (n·ulp·max |d|): by Weyl's theorem no more than the residual allows. */
function spectrumError(w: Float64Array, spectrum: Float64Array): number {
  const largest = spectrum.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const error = w.reduce((most, value, k) => Math.max(most, Math.abs(value - spectrum[k]!)), 0)
  return error === 0 ? 0 : error / (w.length * Number.EPSILON * largest)
}
