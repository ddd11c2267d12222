import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { normalEllipse } from '../../../core/analyses/pca/figures.ts'
import { traceContours, type Outline } from '../../../core/analyses/pca/figures/contours.ts'
import { estimateDensity, heightsOfShares, referenceBandwidth } from '../../../core/analyses/pca/figures/density.ts'
import { convexHull } from '../../../core/analyses/pca/figures/hull.ts'
import { cosinesInPlane, diametersOf } from '../../../core/analyses/pca/figures/plane.ts'
import { rowCos2 } from '../../../core/analyses/pca/figures/row-measures.ts'

const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'parity', 'fixtures', 'pca-scores.json'), 'utf8')
) as {
  x: number[]
  y: number[]
  kde: { bandwidth: [number, number]; x: number[]; y: number[]; z: number[][] }
  ellipse: { mean: [number, number][]; data: [number, number][] }
  hull: number[]
}
const { x, y } = fixture
const everyone = x.map((_, i) => i)
const setosa = everyone.slice(0, 50)

describe('estimateDensity', () => {
  it('agrees with MASS::kde2d of R on the scores of iris, to the error of the grid', () => {
    expect(referenceBandwidth(x, everyone)).toBeCloseTo(fixture.kde.bandwidth[0], 10)
    expect(referenceBandwidth(y, everyone)).toBeCloseTo(fixture.kde.bandwidth[1], 10)
    const grid = estimateDensity(x, y, everyone, 400)!
    const top = grid.values.reduce((most, value) => Math.max(most, value), 0)
    fixture.kde.x.forEach((px, i) => {
      fixture.kde.y.forEach((py, j) => {
        const column = (px - grid.x0) / grid.stepX
        const row = (py - grid.y0) / grid.stepY
        const nearest = grid.values[Math.round(row) * grid.columns + Math.round(column)]!
        expect(Math.abs(nearest - fixture.kde.z[i]![j]!)).toBeLessThan(0.02 * top)
      })
    })
  })

  it('is the sum of the kernels at a node', () => {
    const points = { x: [0, 1, 3, 3.5], y: [0, 2, 1, 1.5] }
    const grid = estimateDensity(points.x, points.y, [0, 1, 2, 3], 500)!
    const [hx, hy] = [referenceBandwidth(points.x, [0, 1, 2, 3]), referenceBandwidth(points.y, [0, 1, 2, 3])]
    for (const [column, row] of [
      [250, 250],
      [180, 300],
      [310, 220]
    ] as const) {
      const px = grid.x0 + column * grid.stepX
      const py = grid.y0 + row * grid.stepY
      const direct = points.x.reduce((sum, _, i) => {
        const u = (px - points.x[i]!) / hx
        const v = (py - points.y[i]!) / hy
        return sum + Math.exp(-0.5 * (u * u + v * v)) / (2 * Math.PI * hx * hy * 4)
      }, 0)
      expect(grid.values[row * grid.columns + column]).toBeCloseTo(direct, 4)
    }
  })

  it('integrates to one but for the tails beyond the grid', () => {
    const grid = estimateDensity(x, y, everyone)!
    const mass = grid.values.reduce((sum, value) => sum + value, 0) * grid.stepX * grid.stepY
    expect(mass).toBeGreaterThan(0.995)
    expect(mass).toBeLessThan(1.0001)
  })

  it('has nothing to say of two points, or of points on a line', () => {
    expect(estimateDensity([0, 1], [0, 1], [0, 1])).toBeNull()
    expect(estimateDensity([0, 1, 2], [3, 3, 3], [0, 1, 2])).toBeNull()
  })
})

it('heightsOfShares encloses the share it is asked for', () => {
  expect(heightsOfShares([4, 3, 2, 1], [0.4, 0.5, 1])).toEqual([4, 3, 1])
})

const area = ({ x, y }: Outline): number =>
  x.reduce((sum, _, i) => (i === 0 ? 0 : sum + (x[i - 1]! * y[i]! - x[i]! * y[i - 1]!) / 2), 0)

describe('traceContours', () => {
  /** A hill 1 − r² round the middle of a grid: the line at height h is a circle of radius √(1 − h). */
  const hill = (nodes: number, reach: number) => {
    const step = (2 * reach) / (nodes - 1)
    const values = Float64Array.from({ length: nodes * nodes }, (_, i) => {
      const px = -reach + (i % nodes) * step
      const py = -reach + Math.floor(i / nodes) * step
      return 1 - px * px - py * py
    })
    return { columns: nodes, rows: nodes, x0: -reach, y0: -reach, stepX: step, stepY: step, values }
  }

  it('draws a circle as a circle, the high side on its left', () => {
    const lines = traceContours(hill(201, 1.5), 0.36)
    expect(lines.length).toBe(1)
    expect(area(lines[0]!)).toBeCloseTo(Math.PI * 0.64, 3)
    lines[0]!.x.forEach((px, i) => expect(Math.hypot(px, lines[0]!.y[i]!)).toBeCloseTo(0.8, 3))
  })

  it('closes lines at the edge of the grid', () => {
    const lines = traceContours(hill(101, 0.5), 0.7)
    for (const line of lines) {
      expect(line.x[0]).toBe(line.x.at(-1))
      expect(line.y[0]).toBe(line.y.at(-1))
    }
    expect(lines.length).toBe(1)
    for (const px of lines[0]!.x) expect(Math.abs(px)).toBeLessThanOrEqual(0.5 + 1e-12)
  })

  it('closes every line of any grid, and uses each crossing once', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 36, maxLength: 36 }), (list) => {
        const grid = { columns: 6, rows: 6, x0: 0, y0: 0, stepX: 1, stepY: 1, values: Float64Array.from(list) }
        for (const line of traceContours(grid, 0.5)) {
          expect([line.x[0], line.y[0]]).toEqual([line.x.at(-1), line.y.at(-1)])
          expect(line.x.every((px) => px >= 0 && px <= 5)).toBe(true)
        }
      })
    )
  })
})

describe('convexHull', () => {
  it('agrees with chull of R on the scores of iris', () => {
    expect(convexHull(x, y, everyone).sort((a, b) => a - b)).toEqual([...fixture.hull].sort((a, b) => a - b))
  })

  it('has every point on its left', () => {
    const coordinate = fc.integer({ min: -20, max: 20 })
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 200 }), (list) => {
        const [px, py] = [list.map(([a]) => a), list.map(([, b]) => b)]
        const hull = convexHull(
          px,
          py,
          list.map((_, i) => i)
        )
        if (hull.length < 3) return
        hull.forEach((a, i) => {
          const b = hull[(i + 1) % hull.length]!
          for (let p = 0; p < list.length; p++) {
            const turn = (px[b]! - px[a]!) * (py[p]! - py[a]!) - (py[b]! - py[a]!) * (px[p]! - px[a]!)
            expect(turn).toBeGreaterThanOrEqual(0)
          }
        })
      })
    )
  })

  it('is two points where all lie on a line, one where all share a spot', () => {
    expect(convexHull([0, 1, 2], [0, 1, 2], [0, 1, 2])).toEqual([0, 2])
    expect(convexHull([1, 1], [2, 2], [0, 1])).toEqual([0])
  })
})

it('ellipses of data and of the mean are those of FactoMineR::coord.ellipse', () => {
  for (const of of ['data', 'mean'] as const) {
    const outline = normalEllipse(x, y, setosa, 0.95, 20_000, of)!
    for (const [px, py] of fixture.ellipse[of]) {
      const distance = Math.min(...outline.x.map((ox, i) => Math.hypot(ox - px, outline.y[i]! - py)))
      expect(distance).toBeLessThan(1e-3)
    }
  }
})

describe('cosinesInPlane', () => {
  it('is the part of the squared distance that the plane shows', () => {
    expect([...cosinesInPlane([3, 1], [4, 1], [50, 2])]).toEqual([0.5, 1])
  })

  it('is none of a row at the centre, as every table has it; unknown where the distance is', () => {
    // FactoMineR 2.7's PCA()$ind$cos2 is NaN for such a row: 0 sorts, colours and chooses it among what is not seen.
    expect([...cosinesInPlane([0, 1], [0, 1], [0, NaN])]).toEqual([0, NaN])
    expect([...rowCos2({ scores: [0, 0], nComponents: 2, weights: null }, [0])]).toEqual([0, 0])
  })

  it('is never above one, whatever was rounded', () => {
    expect([...cosinesInPlane([1], [1], [1.9999999999])]).toEqual([1])
  })
})

it('diametersOf gives areas that grow evenly with the number, and the least to what is missing', () => {
  const [low, middle, high, missing] = diametersOf([0, 5, 10, NaN], 4, 14)
  expect([low, high, missing]).toEqual([4, 14, 4])
  expect(middle! ** 2).toBeCloseTo((4 ** 2 + 14 ** 2) / 2, 10)
  expect([...diametersOf([7, 7], 4, 14)]).toEqual([4, 4])
})
