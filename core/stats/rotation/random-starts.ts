import { gemm } from '../../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { qr } from '../../linalg/qr.ts'
import { SeededRandom } from '../../linalg/random.ts'
import { partOf, quiet, type Watch } from '../../linalg/watch.ts'
import type { TurnedAxes } from './orthomax.ts'

/** Axes found from several starts. */
export interface StartedAxes extends TurnedAxes {
  starts: number
  /** from how many of the starts the best criterion was reached */
  reached: number
}

/** Criteria this near to each other, relative to their size, are the same extreme. */
const SAME = 1e-6

/** A rotation finds a local extreme of its criterion, reached from where it began: it begins at the given axes, and at others that
 * are turned at random, and keeps the best. Where the given axes lead to the best, theirs is kept.
 * @param loadings p × K; not modified @param starts at least 1: the first are the given axes
 * @param seek finds axes from those it is given, watched for its part of the whole @param criterion of rotated loadings: the smaller the better
 * Source: Rozeboom, "The glory of suboptimal factor rotation", Multivariate Behavioral Research 27 (1992) 585; the random
 * orthogonal matrix by Stewart, SIAM Journal on Numerical Analysis 17 (1980) 403. */
export function bestOfStarts(
  loadings: Matrix,
  { starts, seed }: { starts: number; seed: number },
  seek: (from: Matrix, watch: Watch) => TurnedAxes,
  criterion: (rotated: Matrix) => number,
  watch: Watch
): StartedAxes {
  const partOfStart = (start: number): Watch => partOf(watch, start / starts, (start + 1) / starts)
  const inner = quiet(watch)
  let best = seek(loadings, partOfStart(0))
  if (starts <= 1 || loadings.columns < 2) return { ...best, starts: 1, reached: 1 }
  const valueOf = ({ matrix }: TurnedAxes): number => criterion(gemm(loadings, matrix, {}, inner))
  const size = loadings.data.reduce((sum, value) => sum + value * value, 0) ** 2 / (loadings.rows * loadings.columns)
  // Axes that did not settle may have a criterion below any extreme: others that did are better.
  const settledValueOf = (axes: TurnedAxes): number => (axes.converged ? valueOf(axes) : Infinity)
  const values = [settledValueOf(best)]
  let lowest = values[0]!
  const same = (value: number): boolean =>
    value <= lowest || value - lowest <= SAME * Math.max(size, Math.min(Math.abs(value), Math.abs(lowest)))
  const random = new SeededRandom(seed)
  for (let start = 1; start < starts; start++) {
    watch.checkpoint()
    const turned = randomTurn(random, loadings.columns, inner)
    const found = seek(gemm(loadings, turned, {}, inner), partOfStart(start))
    const axes = { ...found, matrix: gemm(turned, found.matrix, {}, inner) }
    const value = settledValueOf(axes)
    values.push(value)
    if (!(value < lowest - SAME * Math.max(size, Math.abs(value)))) continue
    lowest = value
    best = axes
  }
  const reached = best.converged ? values.filter(same).length : 1
  return { ...best, starts, reached }
}

/** An orthogonal matrix, every direction as likely as any other: QR of normal numbers, R's diagonal positive. */
function randomTurn(random: SeededRandom, size: number, watch: Watch): Matrix {
  const normal = createMatrix(
    size,
    size,
    Float64Array.from({ length: size * size }, () => random.normal())
  )
  const { q, r } = qr(normal, 'thin', watch)
  return createMatrix(
    size,
    size,
    q.data.map((value, at) => (r.data[(at % size) * size + (at % size)]! < 0 ? -value : value))
  )
}
