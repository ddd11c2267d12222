import { closeSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { KernelMemory } from '../../core/linalg/kernels/memory.ts'
import { multiplyInto, panelOf } from '../../core/linalg/panel.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import type { SparseMatrix } from '../../core/linalg/sparse.ts'
import { unwatched } from '../../core/linalg/watch.ts'

/** Fills with independent N(0, 1). */
export function fillNormal(x: Float64Array, seed = 1): Float64Array {
  const random = new SeededRandom(seed)
  for (let i = 0; i < x.length; i++) x[i] = random.normal()
  return x
}

/** n × n, N(0, 1) below and on the diagonal, mirrored above it. */
export function symmetricNormal(n: number): Float64Array {
  const a = fillNormal(new Float64Array(n * n))
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!
  return a
}

const FACTORS = 15

/** Tables with structure: G·diag(s)·H + N(0, 1) + mean with 15 factors, G, H ~ N(0, 1), s falling geometrically from 10
 * to 1, and column means of N(0, 3²). Lives in the memory of the kernels. */
export function factorTable(memory: KernelMemory, rows: number, columns: number): Float64Array {
  const x = fillNormal(memory.allocate(rows * columns))
  return memory.frame(() => {
    const scores = fillNormal(memory.allocate(rows * (FACTORS + 1)), 2)
    const axes = fillNormal(memory.allocate((FACTORS + 1) * columns), 3)
    // The last factor is 1 for every row and carries the means.
    for (let i = 0; i < rows; i++) scores[i * (FACTORS + 1) + FACTORS] = 1
    axes.forEach((value, at) => {
      const factor = Math.floor(at / columns)
      axes[at] = value * (factor < FACTORS ? 10 ** (1 - factor / (FACTORS - 1)) : 3)
    })
    const left = panelOf(scores, rows, FACTORS + 1)
    multiplyInto(panelOf(x, rows, columns), 1, left, panelOf(axes, FACTORS + 1, columns), unwatched)
    return x
  })
}

/** Ratings 1 … 5, `each` in every row, of columns whose popularity falls as 1/rank. */
export function sparseRatings(rows: number, columns: number, each: number): SparseMatrix {
  const random = new SeededRandom(1)
  const rowStarts = Int32Array.from({ length: rows + 1 }, (_, i) => i * each)
  const columnIndexes = new Int32Array(rows * each)
  const values = Float64Array.from(columnIndexes, () => 1 + random.integer(5))
  const chosen = new Set<number>()
  for (let i = 0; i < rows; i++) {
    chosen.clear()
    while (chosen.size < each) chosen.add(Math.floor((columns + 1) ** random.uniform()) - 1)
    columnIndexes.set(Int32Array.from(chosen).sort(), i * each)
  }
  return { rows, columns, rowStarts, columnIndexes, values }
}

/** Writes an array as it lies in memory, little-endian. @returns the file */
export function writeRaw(folder: string, name: string, array: Float64Array | Int32Array): string {
  const file = path.join(folder, name)
  const opened = openSync(file, 'w')
  try {
    for (let done = 0; done < array.byteLength;) {
      done += writeSync(opened, array, done, Math.min(array.byteLength - done, 2 ** 26))
    }
  } finally {
    closeSync(opened)
  }
  return file
}
