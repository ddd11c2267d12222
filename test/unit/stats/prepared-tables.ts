import { eigvalsh } from '../../../core/linalg/eigvalsh.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import { syrk } from '../../../core/linalg/syrk.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'

/** A table centred and, where asked, scaled to unit variance, row-major. */
export function prepare(rows: number[][], scale: 'keep' | 'unit'): Float64Array {
  const [n, p] = [rows.length, rows[0]!.length]
  const z = Float64Array.from(rows.flat())
  for (let j = 0; j < p; j++) {
    let mean = 0
    for (let i = 0; i < n; i++) mean += z[i * p + j]! / n
    let squares = 0
    for (let i = 0; i < n; i++) squares += (z[i * p + j]! -= mean) ** 2
    if (scale === 'unit' && squares > 0) for (let i = 0; i < n; i++) z[i * p + j]! /= Math.sqrt(squares / (n - 1))
  }
  return z
}

/** All variances of a prepared table, one a column, divisor n − 1, descending. */
export function spectrumOf(z: Float64Array, n: number, p: number): Float64Array {
  return eigvalsh(syrk(createMatrix(n, p, z), 'columns')).map((value) => Math.max(0, value) / (n - 1))
}

/** n × p with so many factors of weight 1 and noise. */
export function factorTable(n: number, p: number, factors: number, noise: number, seed: number): number[][] {
  const random = new SeededRandom(seed)
  const weights = Array.from({ length: p * factors }, () => random.normal())
  return Array.from({ length: n }, () => {
    const scores = Array.from({ length: factors }, () => random.normal())
    return Array.from({ length: p }, (_, j) =>
      scores.reduce((sum, score, f) => sum + score * weights[j * factors + f]!, noise * random.normal())
    )
  })
}
