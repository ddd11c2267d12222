import type { RunComparison } from '../contract/comparison-calls.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import { ordinaryArray } from '../linalg/passes.ts'
import { unwatched } from '../linalg/watch.ts'
import { alignScores, subspaceAngles } from '../stats/compare-runs.ts'
import type { SessionReader } from './session-reader.ts'
import type { ResultReference } from './session-requests.ts'

/** A run as it is compared: its first components and its scores on them. */
export interface ComparedRun {
  columns: string[]
  /** K × p, row-major; more than are compared may be there */
  components: ArrayLike<number>
  /** 0-based, ascending */
  rowsUsed: ArrayLike<number>
  /** n × K, row-major */
  scores: ArrayLike<number>
  /** K */
  width: number
}

/** Arrays of a result that a comparison reads. */
export const COMPARED_ARRAYS = ['scores', 'components', 'rowsUsed'] as const

/** The part of a stored run that is compared on its first components, as many as it has at most. */
export function readRun(reader: SessionReader, run: ResultReference, nComponents: number): ComparedRun {
  const width = Math.min(nComponents, run.arrays['scores']?.shape[1] ?? 1)
  const first = Array.from({ length: width }, (_, k) => k)
  return {
    columns: run.summary['columns'] as string[],
    components: reader.array(run, 'components').data,
    rowsUsed: reader.array(run, 'rowsUsed').data,
    scores: reader.array(run, 'scores', first).data,
    width
  }
}

/** Compares two runs on their first components.
 * @param sameRows whether rows of the same number are the same rows */
export function compareRuns(
  first: ComparedRun,
  second: ComparedRun,
  nComponents: number,
  sameRows: boolean,
  checkpoint: () => void
): RunComparison {
  const watch = { ...unwatched, checkpoint }
  const names = [...new Set([...first.columns, ...second.columns])]
  const [one, other] = [first, second].map((run) => componentsOver(names, run, nComponents)) as [Matrix, Matrix]
  const comparison = {
    nComponents,
    columns: {
      shared: first.columns.length + second.columns.length - names.length,
      onlyFirst: without(first.columns, second.columns),
      onlySecond: without(second.columns, first.columns)
    },
    angles: Array.from(subspaceAngles(one, other, watch)),
    aligned: null
  }
  if (!sameRows) return comparison
  const { inFirst, inSecond } = sharedRows(first.rowsUsed, second.rowsUsed, checkpoint)
  if (inFirst.length < 2) return comparison
  const { rotation, scale, from, to, agreement } = alignScores(
    scoresOf(first, inFirst, nComponents),
    scoresOf(second, inSecond, nComponents),
    watch
  )
  const aligned = {
    rows: inFirst.length,
    rotation: Array.from(rotation),
    scale,
    from: Array.from(from),
    to: Array.from(to),
    agreement
  }
  return { ...comparison, aligned }
}

function without(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others)
  return names.filter((name) => !known.has(name))
}

/** The first components over more columns than the run had: it says nothing of those. */
function componentsOver(names: readonly string[], { columns, components }: ComparedRun, nComponents: number): Matrix {
  const place = new Map(names.map((name, at) => [name, at]))
  const matrix = createMatrix(nComponents, names.length)
  for (let k = 0; k < nComponents; k++) {
    columns.forEach(
      (name, j) => (matrix.data[k * names.length + place.get(name)!] = components[k * columns.length + j]!)
    )
  }
  return matrix
}

/** Where rows that both have stand in either. */
function sharedRows(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  checkpoint: () => void
): { inFirst: Int32Array; inSecond: Int32Array } {
  checkpoint()
  const most = Math.min(first.length, second.length)
  const [inFirst, inSecond] = [new Int32Array(most), new Int32Array(most)]
  let count = 0
  for (let i = 0, j = 0; i < first.length && j < second.length;) {
    if (first[i]! < second[j]!) i++
    else if (first[i]! > second[j]!) j++
    else {
      inFirst[count] = i++
      inSecond[count++] = j++
    }
  }
  return { inFirst: inFirst.subarray(0, count), inSecond: inSecond.subarray(0, count) }
}

function scoresOf({ scores, width }: ComparedRun, places: Int32Array, nComponents: number): Matrix {
  const matrix = createMatrix(places.length, nComponents, ordinaryArray(places.length * nComponents))
  places.forEach((place, i) => {
    for (let k = 0; k < nComponents; k++) matrix.data[i * nComponents + k] = scores[place * width + k]!
  })
  return matrix
}
