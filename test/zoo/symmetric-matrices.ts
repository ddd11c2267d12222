import { gemm } from '../../core/linalg/gemm.ts'
import { createMatrix } from '../../core/linalg/matrix.ts'
import type { SeededRandom } from '../../core/linalg/random.ts'

const ULP = Number.EPSILON

export interface ZooMatrix {
  name: string
  a: Float64Array
  /** eigenvalues, descending, where they are known beforehand */
  spectrum: Float64Array | null
}

/** The matrix types 1–18 of LAPACK's symmetric eigenvalue tests (TESTING/EIG/dchkst.f), order n: zero, identity,
 * diagonal with evenly spaced, geometric and clustered entries from 1 down to ulp with random signs; the same turned
 * by a random orthogonal matrix; random symmetric; those scaled to the roots of the over- and underflow limits; and
 * positive definite with the three spectra. Beyond LAPACK: a matrix of rank one, and
 * one whose reflections have equal entries, so that rounding errors all have one sign. */
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
    ['12 evenly spaced × 2^−500', times(turned(evenly), small), times(evenly, small)],
    ['16 positive, evenly spaced', turned(evenly.map(Math.abs)), evenly.map(Math.abs)],
    ['17 positive, geometric', turned(geometric.map(Math.abs)), geometric.map(Math.abs)],
    ['18 positive, clustered', turned(clustered.map(Math.abs)), clustered.map(Math.abs)],
    ['all ones', new Float64Array(n * n).fill(1), new Float64Array(n).fill(n, 0, 1)],
    ['arrow of equal entries', arrow(n), arrowSpectrum(n)]
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
    const image = gemm(createMatrix(1, n, v), createMatrix(n, n, q)).data
    q = q.map((value, at) => value - (2 / norm2) * v[Math.floor(at / n)]! * image[at % n]!)
  }
  return q
}

export function diagonal(d: Float64Array): Float64Array {
  const a = new Float64Array(d.length ** 2)
  d.forEach((value, i) => (a[i * d.length + i] = value))
  return a
}

/** Ones on the diagonal, 2⁻²⁶ in the first row and column. */
function arrow(n: number): Float64Array {
  const a = diagonal(new Float64Array(n).fill(1))
  for (let i = 1; i < n; i++) a[i] = a[i * n] = 2 ** -26
  return a
}

function arrowSpectrum(n: number): Float64Array {
  const spread = 2 ** -26 * Math.sqrt(Math.max(0, n - 1))
  return Float64Array.from({ length: n }, (_, k) => (k === 0 ? 1 + spread : k === n - 1 ? 1 - spread : 1))
}

export function randomSymmetric(n: number, random: SeededRandom): Float64Array {
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = 2 * random.uniform() - 1
  return a
}

/** Q A Qᵀ with a random orthogonal Q, symmetric to the last bit. */
function turn(a: Float64Array, n: number, random: SeededRandom): Float64Array {
  const q = createMatrix(n, n, randomOrthogonal(n, random))
  const turned = gemm(gemm(q, createMatrix(n, n, a)), q, { transposeB: true }).data
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) turned[j * n + i] = turned[i * n + j]!
  return turned
}

function spectrumOf(n: number, random: SeededRandom, magnitude: (k: number) => number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => magnitude(k) * (random.uniform() < 0.5 ? -1 : 1))
}

const times = (a: Float64Array, factor: number): Float64Array => a.map((value) => value * factor)

/** A symmetric tridiagonal matrix as its two diagonals; e[i] couples i and i + 1. */
interface ZooTridiagonal {
  name: string
  d: Float64Array
  e: Float64Array
}

/** Wilkinson's W⁺ of order 21, whose eigenvalues come in pairs that agree to many digits, once and in copies glued by
 * couplings near the square root of rounding; the second difference matrix; blocks that are not coupled at all; diagonals
 * and couplings graded over many orders of magnitude, either way up; random ones; a constant diagonal with couplings at
 * the edge of what deflates. Source: Demmel, Marques, Parlett & Vömel, "Performance and accuracy of LAPACK's symmetric
 * tridiagonal eigensolvers", SIAM J. Sci. Comput. 30 (2008), §3. */
export function hardTridiagonals(random: SeededRandom): ZooTridiagonal[] {
  const wilkinson = (copies: number, glue: number): ZooTridiagonal => ({
    name: `Wilkinson 21 × ${copies}, glue ${glue}`,
    d: Float64Array.from({ length: 21 * copies }, (_, i) => Math.abs((i % 21) - 10)),
    e: Float64Array.from({ length: 21 * copies - 1 }, (_, i) => (i % 21 === 20 ? glue : 1))
  })
  const of = (name: string, n: number, d: (i: number) => number, e: (i: number) => number): ZooTridiagonal => ({
    name: `${name}, order ${n}`,
    d: Float64Array.from({ length: n }, (_, i) => d(i)),
    e: Float64Array.from({ length: n - 1 }, (_, i) => e(i))
  })
  const wilkinsons = [0, 1e-4, 1e-8, 1e-11, 1e-14, 1e-300].map((glue) => wilkinson(10, glue))
  const one = (): number => 1
  const nothing = (): number => 0
  const orders = [2, 3, 32, 33, 64, 65, 97, 200].flatMap((n) => [
    of(
      'second difference',
      n,
      () => 2,
      () => -1
    ),
    of('no diagonal', n, nothing, one),
    of(
      'random',
      n,
      () => random.normal(),
      () => random.normal()
    ),
    of(
      'graded downwards',
      n,
      (i) => 10 ** (-i / 4),
      (i) => 10 ** (-i / 4 - 0.1)
    ),
    of(
      'graded upwards',
      n,
      (i) => 10 ** ((i - n) / 4),
      (i) => -(10 ** ((i - n) / 4))
    ),
    of(
      'large and small by turns',
      n,
      (i) => (i % 2 === 0 ? 1 : 1e-12),
      (i) => (i % 3 === 0 ? 1e-8 : 1e-200)
    ),
    of('nearly a multiple of the identity', n, one, () => 4e-16 * random.uniform()),
    of(
      'signs by turns',
      n,
      (i) => (i % 2 === 0 ? 1 : -1),
      (i) => (i % 2 === 0 ? -1 : 1)
    )
  ])
  return [wilkinson(1, 0), ...wilkinsons, ...orders]
}

export function tridiagonalMatrix(d: Float64Array, e: Float64Array): Float64Array {
  const n = d.length
  const a = diagonal(d)
  e.forEach((value, i) => (a[i * n + i + 1] = a[(i + 1) * n + i] = value))
  return a
}
