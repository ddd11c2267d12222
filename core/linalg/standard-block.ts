/** [[a, b], [c, d]] turned by [[cosine, sine], [−sine, cosine]] from the left and its transpose from the right: either
 * c = 0, or a = d and b·c < 0, with eigenvalues a ± i·√(−b·c). */
export interface StandardBlock {
  a: number
  b: number
  c: number
  d: number
  cosine: number
  sine: number
}

/** Below this many ulp of the larger of its parts a discriminant may be a rounding error: the block is first given equal
 * diagonal entries, and what is left off the diagonal decides. */
const DOUBTFUL = 4 * Number.EPSILON

/** The standard form of a 2×2 block, from which its eigenvalues can be read.
 * @param a, b, c, d entries by rows, near 1 or smaller in magnitude
 * Source: Bai & Demmel, "On swapping diagonal blocks in real Schur form", Linear Algebra and its Applications 186
 * (1993), §3; Golub & Van Loan, Matrix Computations, §7.4.1 and §7.6.3. */
export function standardBlock(a: number, b: number, c: number, d: number): StandardBlock {
  if (c === 0) return { a, b, c, d, cosine: 1, sine: 0 }
  if (b === 0) return { a: d, b: -c, c: 0, d: a, cosine: 0, sine: 1 }
  if (a === d && b > 0 !== c > 0) return { a, b, c, d, cosine: 1, sine: 0 }
  const half = (a - d) / 2
  const larger = Math.max(Math.abs(b), Math.abs(c))
  const smaller = Math.min(Math.abs(b), Math.abs(c)) * (b > 0 === c > 0 ? 1 : -1)
  const scale = Math.max(Math.abs(half), larger)
  const discriminant = (half / scale) * half + (larger / scale) * smaller
  if (discriminant >= DOUBTFUL * scale) {
    const root = Math.sqrt(scale) * Math.sqrt(discriminant)
    const z = half + (half < 0 ? -root : root)
    const length = Math.hypot(c, z)
    return { a: d + z, b: b - c, c: 0, d: d - (larger / z) * smaller, cosine: z / length, sine: c / length }
  }
  return equalDiagonal(a, b, c, d, half)
}

function equalDiagonal(a: number, b: number, c: number, d: number, half: number): StandardBlock {
  const sum = b + c
  const length = Math.hypot(sum, 2 * half)
  let cosine = Math.sqrt((1 + Math.abs(sum) / length) / 2)
  let sine = (-half / (length * cosine)) * (sum < 0 ? -1 : 1)
  const first = (a * cosine + b * sine) * cosine + (c * cosine + d * sine) * sine
  const last = (d * cosine - c * sine) * cosine - (b * cosine - a * sine) * sine
  const above = (b * cosine - a * sine) * cosine + (d * cosine - c * sine) * sine
  const below = (c * cosine + d * sine) * cosine - (a * cosine + b * sine) * sine
  const mean = (first + last) / 2
  if (below === 0 || (above !== 0 && above > 0 !== below > 0)) {
    return { a: mean, b: above, c: below, d: mean, cosine, sine }
  }
  if (above === 0) return { a: mean, b: -below, c: 0, d: mean, cosine: -sine, sine: cosine }
  // Equal signs: the eigenvalues are real after all, mean ± √(above·below).
  const root = Math.sqrt(Math.abs(above)) * Math.sqrt(Math.abs(below)) * (below < 0 ? -1 : 1)
  const stretch = 1 / Math.sqrt(Math.abs(above + below))
  const turnCosine = Math.sqrt(Math.abs(above)) * stretch
  const turnSine = Math.sqrt(Math.abs(below)) * stretch
  const kept = cosine
  cosine = kept * turnCosine - sine * turnSine
  sine = kept * turnSine + sine * turnCosine
  return { a: mean + root, b: above - below, c: 0, d: mean - root, cosine, sine }
}
