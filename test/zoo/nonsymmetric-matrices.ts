import { createMatrix, type Matrix } from '../../core/linalg/matrix.ts'
import { exponentOf } from '../../core/linalg/power-of-two.ts'
import type { SeededRandom } from '../../core/linalg/random.ts'
import { randomNormal, scaled, withEigenvalues } from './random-matrices.ts'

const ULP = Number.EPSILON
/** The exponents to which the largest entry is brought for the types near over- and underflow. */
const HIGH = 1005
const LOW = -1000

export interface GeneralZooMatrix {
  name: string
  a: Matrix
  /** whether the eigenvalues are as well conditioned as those of a symmetric matrix, and which they are */
  spectrum: { real: Float64Array; imaginary: Float64Array } | null
}

/** The matrix types 1–21 of LAPACK's driver tests for nonsymmetric eigenvalues (TESTING/EIG/ddrvev.f), order n, and two
 * whose entries are of every scale, so that balancing has much to do or spoils the vectors. */
export function generalZoo(n: number, random: SeededRandom): GeneralZooMatrix[] {
  const last = Math.max(1, n - 1)
  const spread = {
    'evenly spaced': signed(n, random, (k) => 1 - (k / last) * (1 - ULP)),
    geometric: signed(n, random, (k) => ULP ** (k / last)),
    clustered: signed(n, random, (k) => (k === 0 ? 1 : ULP))
  }
  const zero = new Float64Array(n)
  const ones = new Float64Array(n).fill(1)
  const diagonalTypes = Object.entries(spread).map(([name, d]) => known(`diagonal, ${name}`, diagonal(d), d, zero))
  const turned = Object.entries(spread).map(([name, d]) => ({
    name: `${name}, upper triangular turned`,
    a: withEigenvalues(...asPairs(d), random, { triangular: true }),
    spectrum: null
  }))
  const [pairs, pairsImaginary] = asPairs(signed(n, random, () => random.uniform()))
  const bad = Object.entries(spread).map(([name, d]) => ({
    name: `${name}, ill-conditioned vectors`,
    a: withEigenvalues(...asPairs(d), random, { triangular: true, vectorsCondition: 1 / Math.sqrt(ULP) }),
    spectrum: null
  }))
  const dense = randomUniform(n, random)
  const d = spread['evenly spaced']
  return [
    known('zero', createMatrix(n, n), zero, zero),
    known('identity', diagonal(ones), ones, zero),
    { name: 'Jordan block', a: jordan(n), spectrum: null },
    ...diagonalTypes,
    known('diagonal, large', brought(diagonal(d), HIGH), scaledTo(d, diagonal(d), HIGH), zero),
    known('diagonal, small', brought(diagonal(d), LOW), scaledTo(d, diagonal(d), LOW), zero),
    known('normal, random pairs', withEigenvalues(pairs, pairsImaginary, random), pairs, pairsImaginary),
    ...turned,
    ...bad,
    { name: 'ill-conditioned vectors, large', a: brought(bad[0]!.a, HIGH), spectrum: null },
    { name: 'ill-conditioned vectors, small', a: brought(bad[1]!.a, LOW), spectrum: null },
    { name: 'normally distributed', a: randomNormal(n, n, random), spectrum: null },
    { name: 'uniform', a: dense, spectrum: null },
    { name: 'uniform, large', a: brought(dense, HIGH), spectrum: null },
    { name: 'uniform, small', a: brought(dense, LOW), spectrum: null },
    { name: 'entries of every scale', a: everyScale(n, random, 1), spectrum: null },
    { name: 'entries of every scale, two in three zero', a: everyScale(n, random, 1 / 3), spectrum: null }
  ]
}

function known(name: string, a: Matrix, real: Float64Array, imaginary: Float64Array): GeneralZooMatrix {
  return { name, a, spectrum: { real, imaginary } }
}

/** Real and imaginary parts where neighbours 1 and 2, 5 and 6, … have become conjugate pairs. */
function asPairs(values: Float64Array): [Float64Array, Float64Array] {
  const real = values.slice()
  const imaginary = new Float64Array(real.length)
  for (let k = 1; k + 1 < real.length; k += 4) {
    imaginary[k] = Math.abs(real[k]!)
    imaginary[k + 1] = -imaginary[k]!
    real[k + 1] = real[k]!
  }
  return [real, imaginary]
}

function diagonal(d: Float64Array): Matrix {
  const a = createMatrix(d.length, d.length)
  d.forEach((value, i) => (a.data[i * d.length + i] = value))
  return a
}

/** Ones on the diagonal and above it. */
function jordan(n: number): Matrix {
  const a = diagonal(new Float64Array(n).fill(1))
  for (let i = 0; i + 1 < n; i++) a.data[i * n + i + 1] = 1
  return a
}

function randomUniform(n: number, random: SeededRandom): Matrix {
  return createMatrix(
    n,
    n,
    Float64Array.from({ length: n * n }, () => 2 * random.uniform() - 1)
  )
}

function everyScale(n: number, random: SeededRandom, share: number): Matrix {
  const entry = (): number => (random.uniform() < share ? random.normal() * 2 ** (random.integer(600) - 300) : 0)
  return createMatrix(n, n, Float64Array.from({ length: n * n }, entry))
}

function signed(n: number, random: SeededRandom, magnitude: (k: number) => number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => magnitude(k) * (random.uniform() < 0.5 ? -1 : 1))
}

/** How far everything must be scaled for the largest entry to be near 2^e. */
function shift({ data }: Matrix, e: number): number {
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return largest === 0 ? 0 : e - exponentOf(largest)
}

const brought = (a: Matrix, e: number): Matrix => scaled(a, shift(a, e))

function scaledTo(values: Float64Array, a: Matrix, e: number): Float64Array {
  return scaled(createMatrix(1, values.length, values), shift(a, e)).data
}
