import type { ResultArray } from '../../../../contract/analysis.ts'
import { EigendeskError } from '../../../../contract/errors.ts'
import type { StudyRun } from '../../../../contract/study.ts'
import { createMatrix, type Matrix } from '../../../../linalg/matrix.ts'
import { SeededRandom } from '../../../../linalg/random.ts'
import { unwatched, type Watch } from '../../../../linalg/watch.ts'
import {
  comparePlane,
  eachCosines,
  eachDistances,
  nearestOf,
  nearestRows,
  type NearestRows
} from '../../../../stats/neighbours.ts'
import { preparedMatrix } from '../../prepared.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'
import { MOST_COMPARED_ROWS, type NeighboursParams, type NeighboursSummary } from './spec.ts'

/** Neighbourhoods of the rows in the data, in the scores and in a plane of them.
 * @throws TOO_FEW_ROWS below four rows: nobody has neighbours there | TOO_MANY_COMPONENTS */
export const runNeighbours: StudyRun<PcaParams, PcaSummary, NeighboursParams, NeighboursSummary> = (
  input,
  params,
  context
) => {
  const { nSamples: n, nComponents: K } = input.summary
  if (n < 4) throw new EigendeskError('TOO_FEW_ROWS', { value: n, wanted: 4 })
  const beyond = Math.max(...params.components)
  if (beyond >= K) throw new EigendeskError('TOO_MANY_COMPONENTS', { value: beyond + 1, limit: K })
  const checkpoint = context.checkpoint
  const watch = (from: number, to: number): Watch => ({
    checkpoint,
    progress: (fraction) => context.progress('Neighbours', from + fraction * (to - from))
  })
  context.progress('Preparing the table', 0)
  const { z } = preparedMatrix(input, { ...unwatched, checkpoint })
  const scores = createMatrix(n, K, input.array('scores')!.data as Float64Array)
  const sampled = sampleRows(n, params.seed)
  const m = sampled.length
  const k = Math.min(params.neighbours, Math.ceil(m / 2) - 1)
  const [zPart, scoresPart] = [rowsOf(z, sampled), rowsOf(scores, sampled)]
  const column = (j: number): Float64Array => Float64Array.from({ length: m }, (_, i) => scoresPart.data[i * K + j]!)
  const [first, second] = params.components
  const y = first === second ? new Float64Array(m) : column(second)
  const { kept, trustworthiness, nearest } = comparePlane(zPart, column(first), y, k, watch(0.1, 0.5))
  const inScores = nearestRows((use) => eachDistances(scoresPart, use, watch(0.5, 0.7)), m, k, Math.sqrt)
  const byCosine = nearestRows((use) => eachCosines(zPart, use, watch(0.7, 1)), m, k)
  const { point } = params
  return {
    summary: {
      components: [first, second],
      neighbours: k,
      nCompared: m,
      nSamples: n,
      keptShare: kept.reduce((sum, share) => sum + share, 0) / m,
      trustworthiness,
      chosen: point === null || point >= n ? null : nearestToOne(z, scores, point, params.neighbours, checkpoint)
    },
    arrays: {
      sampled: { dtype: 'int32', shape: [m], data: sampled },
      kept: { dtype: 'float64', shape: [m], data: kept },
      ...arraysOf('inData', nearest, sampled, m, k),
      ...arraysOf('inScores', inScores, sampled, m, k),
      ...arraysOf('byCosine', byCosine, sampled, m, k)
    },
    lists: {}
  }
}

/** All rows, or as many drawn without putting back (Knuth, The Art of Computer Programming 2, §3.4.2, algorithm S); ascending. */
function sampleRows(n: number, seed: number): Int32Array {
  const wanted = Math.min(n, MOST_COMPARED_ROWS)
  const random = new SeededRandom(seed)
  const rows = new Int32Array(wanted)
  let taken = 0
  for (let row = 0; taken < wanted; row++) {
    if (n - row === wanted - taken || (n - row) * random.uniform() < wanted - taken) rows[taken++] = row
  }
  return rows
}

function rowsOf(matrix: Matrix, rows: Int32Array): Matrix {
  const width = matrix.columns
  const part = createMatrix(rows.length, width)
  rows.forEach((row, i) => part.data.set(matrix.data.subarray(row * width, (row + 1) * width), i * width))
  return part
}

function arraysOf(
  name: string,
  nearest: NearestRows,
  sampled: Int32Array,
  m: number,
  k: number
): Record<string, ResultArray> {
  return {
    [name]: { dtype: 'int32', shape: [m, k], data: nearest.rows.map((i) => sampled[i]!) },
    [`${name}Distance`]: { dtype: 'float64', shape: [m, k], data: nearest.distances }
  }
}

/** The nearest among all rows to one of them: differences are formed cell by cell, so no digit is lost. */
function nearestToOne(
  z: Matrix,
  scores: Matrix,
  point: number,
  count: number,
  checkpoint: () => void
): NonNullable<NeighboursSummary['chosen']> {
  const euclidean = (matrix: Matrix): Float64Array => {
    const distances = new Float64Array(matrix.rows)
    for (let i = 0; i < matrix.rows; i++) {
      if (i % 10_000 === 0) checkpoint()
      let squares = 0
      for (let j = 0; j < matrix.columns; j++) {
        squares += (matrix.data[i * matrix.columns + j]! - matrix.data[point * matrix.columns + j]!) ** 2
      }
      distances[i] = Math.sqrt(squares)
    }
    return distances
  }
  const cosine = (): Float64Array => {
    const p = z.columns
    const own = Math.hypot(...z.data.subarray(point * p, (point + 1) * p))
    return Float64Array.from({ length: z.rows }, (_, i) => {
      if (i % 10_000 === 0) checkpoint()
      let [product, squares] = [0, 0]
      for (let j = 0; j < p; j++) {
        const cell = z.data[i * p + j]!
        product += cell * z.data[point * p + j]!
        squares += cell * cell
      }
      return own > 0 && squares > 0 ? 1 - product / (own * Math.sqrt(squares)) : 1
    })
  }
  const list = (distances: Float64Array) => {
    const points = nearestOf(distances, point, count)
    return { points, distances: points.map((other) => distances[other]!) }
  }
  return { point, inData: list(euclidean(z)), inScores: list(euclidean(scores)), byCosine: list(cosine()) }
}
