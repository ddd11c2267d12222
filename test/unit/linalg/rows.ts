import fc from 'fast-check'
import type { NormalRows } from '../../../core/linalg/normal-rows.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'

export type { NormalRows }

export interface Shape {
  lengths: number[]
  nColumns: number
  size: number
  seed: number
  weighted?: boolean
  shifted?: boolean
  based?: boolean
  preferred?: boolean
  drawn?: boolean
  lastRidge?: number | null
}

/** Rows of the given lengths; a column may come twice in a row. */
export function generateRows({ lengths, nColumns, size, seed, ...options }: Shape): NormalRows {
  const random = new SeededRandom(seed)
  const normals = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal())
  const offsets = Int32Array.of(0, ...lengths)
  for (let r = 1; r < offsets.length; r++) offsets[r]! += offsets[r - 1]!
  const count = offsets.at(-1)!
  const root = normals(size * size)
  const base = Float64Array.from({ length: size * size }, (_, at) => {
    let sum = 0
    for (let k = 0; k < size; k++) sum += root[Math.floor(at / size) * size + k]! * root[(at % size) * size + k]!
    return sum
  })
  return {
    nRows: lengths.length,
    offsets,
    columns: Int32Array.from({ length: count }, () => random.integer(nColumns)),
    weights: options.weighted ? Float64Array.from({ length: count }, () => 3 * random.uniform()) : null,
    weight: 0.75,
    targets: normals(count),
    ...(options.shifted ? { shift: normals(nColumns) } : {}),
    other: normals(nColumns * size),
    size,
    base: options.based ? base : null,
    prior: options.preferred ? normals(size) : null,
    ridge: Float64Array.from({ length: lengths.length }, () => 0.1 + random.uniform()),
    lastRidge: options.lastRidge ?? null,
    noise: options.drawn ? normals(lengths.length * size) : null
  }
}

/** Aᵣ and bᵣ as the definition says, in plain loops. */
export function systemOf(rows: NormalRows, row: number): { matrix: number[][]; right: number[] } {
  const { size, other } = rows
  const matrix = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (__, b) => {
      const ridge = a === size - 1 && rows.lastRidge !== null ? rows.lastRidge : rows.ridge[row]!
      return (rows.base ? rows.base[a * size + b]! : 0) + (a === b ? ridge : 0)
    })
  )
  const right = Array.from({ length: size }, (_, a) => (rows.prior ? rows.prior[a]! : 0))
  for (let t = rows.offsets[row]!; t < rows.offsets[row + 1]!; t++) {
    const column = rows.columns[t]!
    const q = other.subarray(column * size, (column + 1) * size)
    const target = rows.targets[t]! - (rows.shift ? rows.shift[column]! : 0)
    for (let a = 0; a < size; a++) {
      right[a]! += target * q[a]!
      for (let b = 0; b < size; b++) matrix[a]![b]! += (rows.weights ? rows.weights[t]! : rows.weight) * q[a]! * q[b]!
    }
  }
  return { matrix, right }
}

const flag = fc.boolean()
/** Shapes of all kinds, small ones. */
export const shapes: fc.Arbitrary<Shape> = fc.record({
  lengths: fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 300 })), { maxLength: 12 }),
  nColumns: fc.integer({ min: 1, max: 40 }),
  size: fc.oneof(fc.integer({ min: 1, max: 14 }), fc.constantFrom(31, 48, 51, 65)),
  seed: fc.integer({ min: 0, max: 9999 }),
  weighted: flag,
  shifted: flag,
  based: flag,
  preferred: flag,
  drawn: flag,
  lastRidge: fc.constantFrom(null, 0.5, 7)
})
