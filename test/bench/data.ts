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

/** Ratings 1 … 5 of users whose numbers of ratings, and of items whose popularity, follow a power law: each user's are of
 * different items. Users have a taste of three factors, as people do. About `count` entries, by user.
 * @returns columnIndexes ascending within a row */
export function powerLawRatings(nUsers: number, nItems: number, count: number): SparseMatrix {
  const random = new SeededRandom(1)
  const lengths = powerLawLengths(nUsers, nItems, count, random)
  const rowStarts = new Int32Array(nUsers + 1)
  for (let u = 0; u < nUsers; u++) rowStarts[u + 1] = rowStarts[u]! + lengths[u]!
  const popularity = new Float64Array(nItems)
  let sum = 0
  for (let i = 0; i < nItems; i++) popularity[i] = sum += (i + nItems / 40) ** -1.2
  const place = (share: number): number => {
    let low = 0
    for (let high = nItems - 1; low < high;) {
      const middle = (low + high) >> 1
      if (popularity[middle]! > share) high = middle
      else low = middle + 1
    }
    return low
  }
  const columnIndexes = new Int32Array(rowStarts[nUsers]!)
  const values = new Float64Array(columnIndexes.length)
  const [users, items] = [fillNormal(new Float64Array(4 * nUsers), 2), fillNormal(new Float64Array(4 * nItems), 3)]
  const taken = new Int32Array(nItems).fill(-1)
  for (let u = 0; u < nUsers; u++) {
    for (let t = rowStarts[u]!; t < rowStarts[u + 1]!; t++) {
      let item = place(sum * random.uniform())
      // Who has rated nearly all of what is popular takes what comes next.
      for (let tries = 0; taken[item] === u; tries++)
        item = tries < 20 ? place(sum * random.uniform()) : (item + 1) % nItems
      taken[item] = u
      columnIndexes[t] = item
    }
    columnIndexes.subarray(rowStarts[u], rowStarts[u + 1]).sort()
    for (let t = rowStarts[u]!; t < rowStarts[u + 1]!; t++) {
      const item = columnIndexes[t]!
      let taste = 3.6 + 0.4 * users[4 * u + 3]! + 0.4 * items[4 * item + 3]! + 0.8 * random.normal()
      for (let k = 0; k < 3; k++) taste += 0.25 * users[4 * u + k]! * items[4 * item + k]!
      values[t] = Math.min(5, Math.max(1, Math.round(taste)))
    }
  }
  return { rows: nUsers, columns: nItems, rowStarts, columnIndexes, values }
}

/** From 20 up to half of the items, as 1/√uniform falls, scaled to about `count` altogether. */
function powerLawLengths(nUsers: number, nItems: number, count: number, random: SeededRandom): Int32Array {
  const wanted = Float64Array.from({ length: nUsers }, () => 1 / Math.sqrt(random.uniform() + 1e-4))
  const most = nItems / 2
  let scale = count / nUsers / 2
  const lengthOf = (wish: number): number => Math.round(Math.min(most, Math.max(Math.min(20, most), wish * scale)))
  for (let step = 0; step < 20; step++) scale *= count / wanted.reduce((total, wish) => total + lengthOf(wish), 0)
  return Int32Array.from(wanted, lengthOf)
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
