import { eigh } from '../../../../linalg/eigh.ts'
import { gemm } from '../../../../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../../../../linalg/matrix.ts'
import { syrk } from '../../../../linalg/syrk.ts'
import { procrustesRotation, signedPermutation } from '../../../../stats/align-loadings.ts'

/** Item factors of two fits of the same items: n × k, row-major. */
export interface FactorPair {
  found: Float64Array
  reference: Float64Array
  nFactors: number
}

/** The same with the mean of each factor taken off: what cosines of are correlations. */
export function centreFactors(factors: Float64Array, nFactors: number): Float64Array {
  const n = factors.length / nFactors
  const means = new Float64Array(nFactors)
  for (let j = 0; j < factors.length; j++) means[j % nFactors]! += factors[j]! / n
  return factors.map((value, j) => value - means[j % nFactors]!)
}

/** Scalar products of the factors of both, and of each with itself: all k × k. */
function productsOf({ found, reference, nFactors }: FactorPair): { across: Matrix; found: Matrix; reference: Matrix } {
  const n = found.length / nFactors
  const [a, b] = [createMatrix(n, nFactors, found), createMatrix(n, nFactors, reference)]
  return { across: gemm(a, b, { transposeA: true }), found: syrk(a, 'columns'), reference: syrk(b, 'columns') }
}

/** |cosine| between each reference factor and its partner, each factor of `found` being the partner of one; of the pairs left the most
 * alike is taken first. NaN where a reference factor is zero.
 * Source: Tucker's coefficient of congruence ("A method for synthesis of factor analysis studies", Educational Testing Service 1951). */
export function matchAxes(pair: FactorPair): Float64Array {
  const k = pair.nFactors
  const { across, found, reference } = productsOf(pair)
  const cosines = across.data.map((product, at) => {
    const [a, b] = [Math.floor(at / k), at % k]
    return cosineOf(product, found.data[a * k + a]!, reference.data[b * k + b]!)
  })
  const partners = signedPermutation(cosines, k)
  const matched = new Float64Array(k)
  partners.forEach((sign, at) => {
    if (sign !== 0) matched[at % k] = Math.min(1, Math.abs(cosines[at]!))
  })
  for (let b = 0; b < k; b++) if (reference.data[b * k + b] === 0) matched[b] = NaN
  return matched
}

const cosineOf = (product: number, first: number, second: number): number =>
  first > 0 && second > 0 ? product / Math.sqrt(first * second) : 0

/** |cosine| between each reference factor and the one in its place after all of `found` was turned to lie as near to the reference as
 * can be (orthogonal Procrustes). NaN where a reference factor is zero. */
export function matchTurned(pair: FactorPair): Float64Array {
  const k = pair.nFactors
  const { across, found, reference } = productsOf(pair)
  const turn = createMatrix(k, k, procrustesRotation(pair.found, pair.reference, k))
  const turnedAcross = gemm(turn, across, { transposeA: true })
  const turnedFound = gemm(gemm(turn, found, { transposeA: true }), turn)
  return Float64Array.from({ length: k }, (_, b) => {
    const own = reference.data[b * k + b]!
    const at = b * k + b
    return own === 0 ? NaN : Math.min(1, Math.abs(cosineOf(turnedAcross.data[at]!, turnedFound.data[at]!, own)))
  })
}

/** Eigenvalues of a Gram matrix smaller than this share of the largest are of directions that rounding made. */
const RANK_TOLERANCE = 1e-11

/** Columns W with WᵀGW = I over what the Gram matrix G spans. @returns k × rank */
function whiten(gram: Matrix): Matrix {
  const { w, v } = eigh(gram)
  const size = gram.rows
  const kept = Array.from(w.keys()).filter((j) => w[j]! > RANK_TOLERANCE * w[0]!)
  const white = createMatrix(size, kept.length)
  kept.forEach((j, place) => {
    for (let a = 0; a < size; a++) white.data[a * kept.length + place] = v.data[a * size + j]! / Math.sqrt(w[j]!)
  })
  return white
}

/** Mean squared cosine of the principal angles between the spaces that two fits' item factors span: 1 the same space, 0 nothing shared;
 * over the larger of the two ranks. NaN where one spans nothing. It does not change where a fit is turned or its factors stretched.
 * Source: Björck & Golub, "Numerical methods for computing angles between linear subspaces", Math. Comp. 27 (1973). */
export function sharedSpace(pair: FactorPair): number {
  const { across, found, reference } = productsOf(pair)
  const [whiteFound, whiteReference] = [whiten(found), whiten(reference)]
  const [first, second] = [whiteFound.columns, whiteReference.columns]
  if (first === 0 || second === 0) return NaN
  const cosines = gemm(gemm(whiteFound, across, { transposeA: true }), whiteReference)
  const squares = cosines.data.reduce((sum, value) => sum + value * value, 0)
  return Math.min(1, squares / Math.max(first, second))
}
