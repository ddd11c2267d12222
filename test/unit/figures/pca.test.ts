import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  chiSquareTwo,
  compareMeans,
  cumulate,
  normalEllipse,
  outermostPoints,
  strongestLoadings
} from '../../../core/analyses/pca/figures.ts'

const irisFile = resolve(import.meta.dirname, '..', '..', '..', 'resources', 'samples', 'iris.csv')

/** Fisher's table as shipped: four measurements a row, then the species. */
function readIris(): { columns: { name: string; values: number[] }[]; species: string[] } {
  const [header, ...lines] = readFileSync(irisFile, 'utf8').trim().split(/\r?\n/)
  const cells = lines.map((line) => line.split(','))
  const columns = header!
    .split(',')
    .slice(0, 4)
    .map((name, j) => ({ name, values: cells.map((row) => Number(row[j])) }))
  return { columns, species: cells.map((row) => row[4]!) }
}

describe('normalEllipse', () => {
  // R: qchisq(0.95, 2) = 5.991465
  it('uses the χ² quantile with two degrees of freedom', () => {
    expect(chiSquareTwo(0.95)).toBeCloseTo(5.991465, 6)
  })

  it('puts every outline point at the same Mahalanobis distance from the mean', () => {
    const x = [1, 2, 3, 4, 7, 2.5]
    const y = [2, 1, 4, 3, 9, 2]
    const members = [0, 1, 2, 3, 4]
    const outline = normalEllipse(x, y, members)!
    const mean = (values: number[]): number => members.reduce((sum, i) => sum + values[i]!, 0) / 5
    const [mx, my] = [mean(x), mean(y)]
    const moment = (u: number[], mu: number, v: number[], mv: number): number =>
      members.reduce((sum, i) => sum + (u[i]! - mu) * (v[i]! - mv), 0) / 4
    const [sxx, syy, sxy] = [moment(x, mx, x, mx), moment(y, my, y, my), moment(x, mx, y, my)]
    const determinant = sxx * syy - sxy * sxy
    outline.x.forEach((px, i) => {
      const [dx, dy] = [px - mx, outline.y[i]! - my]
      const distance = (dx * dx * syy - 2 * dx * dy * sxy + dy * dy * sxx) / determinant
      expect(distance).toBeCloseTo(5.991465, 5)
    })
    expect([outline.x.at(-1), outline.y.at(-1)]).toEqual([outline.x[0], outline.y[0]])
  })

  it('has its half axes along the axes of an uncorrelated sample', () => {
    // Four corners, x = ±2 and y = ±1: the variances are 16/3 and 4/3.
    const outline = normalEllipse([-2, -2, 2, 2], [-1, 1, -1, 1], [0, 1, 2, 3])!
    expect(Math.max(...outline.x)).toBeCloseTo(Math.sqrt((5.991465 * 16) / 3), 4)
    expect(Math.max(...outline.y)).toBeCloseTo(Math.sqrt((5.991465 * 4) / 3), 2)
  })

  it('is a segment for points on a line and nothing for two points or one spot', () => {
    const segment = normalEllipse([0, 1, 2], [0, 1, 2], [0, 1, 2])!
    segment.x.forEach((x, i) => expect(segment.y[i]).toBeCloseTo(x, 7))
    expect(normalEllipse([0, 1], [0, 1], [0, 1])).toBeNull()
    expect(normalEllipse([3, 3, 3], [4, 4, 4], [0, 1, 2])).toBeNull()
  })
})

describe('compareMeans', () => {
  // Setosa against the rest: Python's statistics module (mean, stdev, pvariance) and the formula of the docstring.
  it('finds what sets setosa apart, strongest first', () => {
    const { columns, species } = readIris()
    const rows = species.map((_, row) => row)
    const setosa = new Set(rows.filter((row) => species[row] === 'setosa'))
    expect(setosa.size).toBe(50)
    const found = compareMeans(columns, setosa, rows)
    expect(found.map((column) => column.name.replace(/[^a-z]/g, ' ').slice(0, 7))).toEqual([
      'petal l',
      'petal w',
      'sepal l',
      'sepal w'
    ])
    const [petalLength] = found
    expect(petalLength!.selectedMean).toBeCloseTo(1.462, 10)
    expect(petalLength!.restMean).toBeCloseTo(4.906, 10)
    expect(petalLength!.difference).toBeCloseTo(-1.9509451349990645, 12)
    expect(petalLength!.vTest).toBeCloseTo(-11.263786988659009, 11)
    expect(found[3]!.difference).toBeCloseTo(1.27562057267345, 12)
    expect(found[3]!.vTest).toBeCloseTo(7.364798810168407, 11)
  })

  it('skips missing cells and columns that say nothing', () => {
    const columns = [
      { name: 'a', values: [1, NaN, 3, 5] },
      { name: 'constant', values: [2, 2, 2, 2] },
      { name: 'missing in the rest', values: [1, 2, NaN, NaN] }
    ]
    const found = compareMeans(columns, new Set([0, 1]), [0, 1, 2, 3])
    expect(found.map((column) => column.name)).toEqual(['a'])
    expect(found[0]!.selectedMean).toBe(1)
    expect(found[0]!.restMean).toBe(4)
    // sd of 1, 3, 5 is 2
    expect(found[0]!.difference).toBeCloseTo(-1.5, 12)
  })

  it('compares only with rows of the fit', () => {
    const found = compareMeans([{ name: 'a', values: [1, 2, 3, 1000] }], new Set([0]), [0, 1, 2])
    expect(found[0]!.restMean).toBe(2.5)
  })
})

describe('strongestLoadings', () => {
  const loadings = [0.1, 0.9, -0.8, 0.0, 0.3, -0.2, 0.05, 0.06]

  it('keeps the largest on either component, in column order', () => {
    expect(strongestLoadings(loadings, 2, [0, 1], 2)).toEqual([0, 1])
    expect(strongestLoadings(loadings, 2, [0], 2)).toEqual([1, 2])
  })

  it('keeps all that fit', () => {
    expect(strongestLoadings(loadings, 2, [0, 1], 4)).toEqual([0, 1, 2, 3])
  })
})

describe('outermostPoints', () => {
  it('weighs each axis by its variance', () => {
    expect(outermostPoints([10, 0, 1], [0, 3, 0], 100, 1, 2)).toEqual([1, 0])
    expect(outermostPoints([1, 2, 3], [0, 0, 0], 1, 0, 5)).toEqual([2, 1, 0])
  })
})

it('cumulate gives running sums', () => {
  expect(cumulate([0.5, 0.25, 0.25])).toEqual([0.5, 0.75, 1])
})
