import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../core/linalg/matrix.ts'
import { comparePlane, eachCosines, nearestRows } from '../../core/stats/neighbours.ts'

interface Nearest {
  rows: number[][]
  distances: number[][]
}

// Made by scripts/fixtures/make-neighbours.py with scikit-learn.
const fixture = JSON.parse(readFileSync(new URL('fixtures/neighbours.json', import.meta.url), 'utf-8')) as {
  sklearn: string
  k: number
  z: number[][]
  plane: number[][]
  trustworthiness: number
  kept: number[]
  inData: Nearest
  byCosine: Nearest
}

describe(`neighbours as scikit-learn ${fixture.sklearn} finds them`, () => {
  const { k } = fixture
  const z = matrixOf(fixture.z)
  const [x, y] = [0, 1].map((axis) => fixture.plane.map((row) => row[axis]!)) as [number[], number[]]
  const found = comparePlane(z, x, y, k)

  it('in the data, with their distances', () => {
    expect([...found.nearest.rows]).toEqual(fixture.inData.rows.flat())
    found.nearest.distances.forEach((distance, i) =>
      expect(distance).toBeCloseTo(fixture.inData.distances.flat()[i]!, 8)
    )
  })

  it('by cosine', () => {
    const nearest = nearestRows((use) => eachCosines(z, use), z.rows, k)
    expect([...nearest.rows]).toEqual(fixture.byCosine.rows.flat())
    nearest.distances.forEach((distance, i) => expect(distance).toBeCloseTo(fixture.byCosine.distances.flat()[i]!, 8))
  })

  it('kept in the plane, and how far the plane can be trusted', () => {
    found.kept.forEach((share, i) => expect(share).toBeCloseTo(fixture.kept[i]!, 12))
    expect(found.trustworthiness).toBeCloseTo(fixture.trustworthiness, 12)
  })
})
