import { multiply, multiplyByTransposed } from '../../core/linalg/multiply.ts'
import type { SeededRandom } from '../../core/linalg/random.ts'

const ULP = Number.EPSILON

export interface ZooMatrix {
  name: string
  a: Float64Array
  /** eigenvalues, descending, where they are known beforehand */
  spectrum: Float64Array | null
}

/** The matrix types 1–15 of LAPACK's symmetric eigenvalue driver tests (TESTING/EIG/ddrvst.f), order n: zero, identity,
 * diagonal with evenly spaced, geometric and clustered entries from 1 down to ulp with random signs; the same turned
 * by a random orthogonal matrix; random symmetric; and those scaled to the roots of the over- and underflow limits. */
export function symmetricZoo(n: number, random: SeededRandom): ZooMatrix[] {
  const evenly = spectrumOf(n, random, (k) => 1 - (k / Math.max(1, n - 1)) * (1 - ULP))
  const geometric = spectrumOf(n, random, (k) => ULP ** (k / Math.max(1, n - 1)))
  const clustered = spectrumOf(n, random, (k) => (k === 0 ? 1 : ULP))
  const large = 2 ** 500
  const small = 2 ** -500
  const dense = randomSymmetric(n, random)
  const turned = (d: Float64Array): Float64Array => turn(diagonal(d), n, random)
  const known: [string, Float64Array, Float64Array][] = [
    ['1 zero', diagonal(new Float64Array(n)), new Float64Array(n)],
    ['2 identity', diagonal(new Float64Array(n).fill(1)), new Float64Array(n).fill(1)],
    ['3 diagonal, evenly spaced', diagonal(evenly), evenly],
    ['4 diagonal, geometric', diagonal(geometric), geometric],
    ['5 diagonal, clustered', diagonal(clustered), clustered],
    ['6 diagonal, geometric × 2^500', diagonal(times(geometric, large)), times(geometric, large)],
    ['7 diagonal, geometric × 2^−500', diagonal(times(geometric, small)), times(geometric, small)],
    ['8 evenly spaced', turned(evenly), evenly],
    ['9 geometric', turned(geometric), geometric],
    ['10 clustered', turned(clustered), clustered],
    ['11 evenly spaced × 2^500', times(turned(evenly), large), times(evenly, large)],
    ['12 evenly spaced × 2^−500', times(turned(evenly), small), times(evenly, small)]
  ]
  const unknown: [string, Float64Array][] = [
    ['13 random', dense],
    ['14 random × 2^500', times(dense, large)],
    ['15 random × 2^−500', times(dense, small)]
  ]
  return [
    ...known.map(([name, a, d]) => ({ name, a, spectrum: d.slice().sort((x, y) => y - x) })),
    ...unknown.map(([name, a]) => ({ name, a, spectrum: null }))
  ]
}

/** A random orthogonal matrix with the Haar measure, as a product of reflections.
 * Source: Stewart, "The efficient generation of random orthogonal matrices", SIAM J. Numerical Analysis 17 (1980). */
export function randomOrthogonal(n: number, random: SeededRandom): Float64Array {
  let q: Float64Array = diagonal(new Float64Array(n).fill(1))
  for (let size = n; size >= 1; size--) {
    const v = new Float64Array(n)
    for (let i = n - size; i < n; i++) v[i] = random.normal()
    const norm2 = v.reduce((sum, value) => sum + value * value, 0)
    const image = multiply(v, 1, q, n, n)
    q = q.map((value, at) => value - (2 / norm2) * v[Math.floor(at / n)]! * image[at % n]!)
  }
  return q
}

export function diagonal(d: Float64Array): Float64Array {
  const a = new Float64Array(d.length ** 2)
  d.forEach((value, i) => (a[i * d.length + i] = value))
  return a
}

export function randomSymmetric(n: number, random: SeededRandom): Float64Array {
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = 2 * random.uniform() - 1
  return a
}

/** Q A Qᵀ with a random orthogonal Q, symmetric to the last bit. */
function turn(a: Float64Array, n: number, random: SeededRandom): Float64Array {
  const q = randomOrthogonal(n, random)
  const turned = multiplyByTransposed(multiply(q, n, a, n, n), n, q, n, n)
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) turned[j * n + i] = turned[i * n + j]!
  return turned
}

function spectrumOf(n: number, random: SeededRandom, magnitude: (k: number) => number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => magnitude(k) * (random.uniform() < 0.5 ? -1 : 1))
}

const times = (a: Float64Array, factor: number): Float64Array => a.map((value) => value * factor)
