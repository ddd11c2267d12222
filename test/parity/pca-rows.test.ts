import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { diagnoseProjected } from '../../core/analyses/pca/figures/diagnosis.ts'
import { hotellingLimits } from '../../core/analyses/pca/figures/hotelling.ts'
import { levelRows } from '../../core/analyses/pca/figures/level-rows.ts'
import { rowContributions, rowCos2 } from '../../core/analyses/pca/figures/row-measures.ts'
import { projectionOf } from '../../core/analyses/pca/model.ts'
import type { PcaParams } from '../../core/analyses/pca/spec.ts'
import { runDescription } from '../../core/analyses/pca/studies/description/run.ts'
import type { ColumnData, TableView } from '../../core/contract/table.ts'
import { unwatched } from '../../core/linalg/watch.ts'
import { projectOnto } from '../../core/stats/project.ts'
import { paramsFor, pcaOfTable, unwatchedRun } from '../unit/pca/fit-rows.ts'
import { sharedTable } from '../unit/pca/read-numbers.ts'

/** A row of a table of FactoMineR's: a name, then an estimate (or correlation, or R²) and a p-value. */
type Line = { name: string; '2': number; '3': number }

interface Levels {
  names: string[]
  coordinates: number[][]
  cos2: number[][]
  vTests: number[][]
  /** one row a category */
  eta2: number[][]
}

interface Described {
  levels: Levels
  description: { numeric: Line[]; categories: Line[]; levels: Line[] }[]
}

interface Fixture {
  source: string
  decathlon2: Described & {
    cos2: number[][]
    contributions: number[][]
    supplementaryRows: { coordinates: number[][]; cos2: number[][]; distances: number[] }
    /** on three components; T² over all ten */
    projected: { coordinates: number[][]; cos2: number[][]; distances: number[]; t2: number[]; q: number[] }
    supplementaryColumns: { correlations: number[][]; cos2: number[][] }
  }
  iris: Described & { cos2: number[][]; contributions: number[][] }
  weightedIris: Described & { cos2: number[][]; contributions: number[][] }
  limits: [number, number, number, number][]
}

// Made by scripts/fixtures/make-pca-rows.R.
const fixture = JSON.parse(readFileSync(new URL('fixtures/pca-rows.json', import.meta.url), 'utf-8')) as Fixture
/** FactoMineR keeps twelve digits of what it divides. */
const DIGITS = 9

/** A CSV whose columns are numbers or words. */
function readTable(file: string, extra: ColumnData[] = []): TableView {
  const lines = readFileSync(file, 'utf-8').trim().split(/\r?\n/)
  const [header = [], ...rows] = lines.map((line) => line.split(','))
  const columns = header.map((name, j): ColumnData => {
    const cells = rows.map((row) => row[j]!)
    if (cells.every((cell) => Number.isFinite(Number(cell)))) {
      return { kind: 'number', name, values: Float64Array.from(cells, Number) }
    }
    const dictionary = [...new Set(cells)]
    return { kind: 'codes', name, codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell)), dictionary }
  })
  return {
    fileName: path.basename(file),
    nRows: rows.length,
    lines: Int32Array.from(rows, (_, i) => i + 2),
    columns: [...columns, ...extra]
  }
}

function describeTable(table: TableView, overrides: Partial<PcaParams>, described: readonly string[]) {
  const params = paramsFor(table, { divisor: 'n', scale: 'unit', ...overrides })
  const fitted = pcaOfTable(table, params)
  const { summary, result } = fitted
  const view = { ...table, columns: table.columns.filter(({ name }) => described.includes(name)) }
  const study = runDescription(
    { table: view, params, summary, array: (name) => result.arrays[name] },
    { nComponents: summary.nComponents },
    unwatchedRun
  )
  return { fitted, study }
}

/** +1 or −1 by component: which way FactoMineR's axis points. */
function signsOf(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, k) => Math.sign(value * theirs[k]!))
}

function expectLevels(ours: ReturnType<typeof describeTable>['study'], theirs: Described, vTestFactor = 1): void {
  const [category] = ours.summary.categories
  const first = category!.levels.find(({ level }) => level === theirs.levels.names[0])!
  const signs = signsOf(first.coordinates, theirs.levels.coordinates[0]!)
  theirs.levels.names.forEach((name, at) => {
    const level = category!.levels.find((one) => one.level === name)!
    signs.forEach((sign, k) => {
      expect(sign * level.coordinates[k]!).toBeCloseTo(theirs.levels.coordinates[at]![k]!, DIGITS)
      expect(level.cos2[k]!).toBeCloseTo(theirs.levels.cos2[at]![k]!, DIGITS)
      expect((sign * level.vTests[k]!) / vTestFactor).toBeCloseTo(theirs.levels.vTests[at]![k]!, DIGITS)
    })
  })
  // The table of levels says of each what its category explains.
  for (const { eta2 } of levelRows(ours.summary)) {
    eta2.forEach((value, k) => expect(value).toBeCloseTo(theirs.levels.eta2[0]![k]!, DIGITS))
  }
  const { numeric } = ours.summary
  const [m, k] = ours.arrays['correlations']!.shape as [number, number]
  expect(m).toBe(numeric.length)
  theirs.description.forEach((component, at) => {
    for (const line of component.numeric) {
      const r = signs[at]! * ours.arrays['correlations']!.data[numeric.indexOf(line.name) * k + at]!
      expect(r).toBeCloseTo(line['2'], DIGITS)
    }
    expect(component.categories).toHaveLength(1)
    expect(category!.r2[at]!).toBeCloseTo(component.categories[0]!['2'], DIGITS)
    for (const line of component.levels) {
      const level = category!.levels.find(({ level }) => line.name.endsWith(`=${level}`))!
      expect(signs[at]! * level.estimates[at]!).toBeCloseTo(line['2'], DIGITS)
    }
  })
}

/** The p-values, in as many digits as R has of 1 − pt. */
function expectProbabilities(ours: ReturnType<typeof describeTable>['study'], theirs: Described): void {
  const { numeric, categories } = ours.summary
  const k = ours.summary.nComponents
  theirs.description.forEach((component, at) => {
    for (const line of component.numeric) {
      const p = ours.arrays['correlationPValues']!.data[numeric.indexOf(line.name) * k + at]!
      expect(p / line['3']).toBeCloseTo(1, 6)
    }
    expect(categories[0]!.pValues[at]! / component.categories[0]!['3']).toBeCloseTo(1, 6)
    for (const line of component.levels) {
      const level = categories[0]!.levels.find((one) => line.name.endsWith(`=${one.level}`))!
      expect(level.pValues[at]! / line['3']).toBeCloseTo(1, 6)
    }
  })
}

const decathlonFile = sharedTable('decathlon2.csv')
const absent = existsSync(decathlonFile) ? '' : ' (skipped: ../shared/data is absent)'

describe(`rows, supplementary elements and axes as ${fixture.source} gives them`, () => {
  test.skipIf(absent !== '')(`decathlon2: 23 athletes in 10 disciplines, four of them supplementary${absent}`, () => {
    const expected = fixture.decathlon2
    const table = readTable(decathlonFile)
    const names = table.columns.map(({ name }) => name).filter((name) => name !== 'name')
    const { fitted, study } = describeTable(
      table,
      {
        columns: names.slice(0, 10),
        nComponents: 10,
        supplementaryRows: '24-27',
        supplementaryColumns: ['Rank', 'Points', 'Competition']
      },
      names
    )
    const { arrays } = fitted.result
    const scores = { scores: arrays['scores']!.data, nComponents: 10, weights: null }
    const cos2 = rowCos2(scores, arrays['squaredDistances']!.data)
    const contributions = rowContributions(scores, fitted.summary.explainedVariance)
    expected.cos2.forEach((row, i) => {
      row.forEach((value, k) => expect(cos2[i * 10 + k]!).toBeCloseTo(value, DIGITS))
      expected.contributions[i]!.forEach((value, k) => expect(contributions[i * 10 + k]!).toBeCloseTo(value, DIGITS))
    })
    const [k, supplementary] = [10, arrays['supplementaryScores']!.data]
    const theirs = expected.supplementaryRows
    const away = { scores: supplementary, nComponents: 10, weights: null }
    const supplementaryCos2 = rowCos2(away, arrays['supplementarySquaredDistances']!.data)
    theirs.coordinates.forEach((row, i) => {
      row.forEach((value, at) => expect(Math.abs(supplementary[i * k + at]!)).toBeCloseTo(Math.abs(value), DIGITS))
      theirs.cos2[i]!.forEach((value, at) => expect(supplementaryCos2[i * k + at]!).toBeCloseTo(value, DIGITS))
    })
    const distances = arrays['supplementarySquaredDistances']!.data
    theirs.distances.forEach((value, i) => expect(Math.sqrt(distances[i]!)).toBeCloseTo(value, DIGITS))
    // All components: T² is the distance by the inverse of the covariance, and nothing is left over.
    const { t2, q } = diagnoseProjected(fitted.summary, 10, supplementary, distances)
    expected.projected.t2.forEach((value, i) => expect(t2[i]!).toBeCloseTo(value, 8))
    q.forEach((value) => expect(value).toBeCloseTo(0, 8))
    const { data } = study.arrays['correlations']!
    ;['Rank', 'Points'].forEach((name, i) => {
      expected.supplementaryColumns.correlations[i]!.forEach((value, at) =>
        expect(Math.abs(data[study.summary.numeric.indexOf(name) * k + at]!)).toBeCloseTo(Math.abs(value), DIGITS)
      )
    })
    expectLevels(study, expected)
    expectProbabilities(study, expected)
  })

  test.skipIf(absent !== '')(`decathlon2: the four as new data, by predict${absent}`, () => {
    const expected = fixture.decathlon2.projected
    const table = readTable(decathlonFile)
    const columns = table.columns.map(({ name }) => name).filter((name) => name !== 'name')
    const params = { columns: columns.slice(0, 10), supplementaryRows: '24-27', nComponents: 3 }
    const { summary, result } = pcaOfTable(table, paramsFor(table, { divisor: 'n', scale: 'unit', ...params }))
    const stored = { summary, array: (name: string) => result.arrays[name]!, list: () => [] }
    const model = projectionOf(stored, { name: 'decathlon', fill: null })
    const cells = params.columns.map((name) => {
      const column = table.columns.find((one) => one.name === name)
      return (column as { values: Float64Array }).values.slice(23, 27)
    })
    const { scores, cos2, q } = projectOnto(model, cells, 4, unwatched)
    const measured = diagnoseProjected(
      summary,
      3,
      scores,
      expected.distances.map((distance) => distance ** 2)
    )
    expected.coordinates.forEach((row, i) => {
      row.forEach((value, k) => {
        expect(Math.abs(scores[i * 3 + k]!)).toBeCloseTo(Math.abs(value), DIGITS)
        expect(cos2[i * 3 + k]!).toBeCloseTo(expected.cos2[i]![k]!, DIGITS)
      })
      expect(q[i]!).toBeCloseTo(expected.q[i]!, DIGITS)
      expect(measured.q[i]!).toBeCloseTo(expected.q[i]!, DIGITS)
    })
  })

  const irisTable = (extra: ColumnData[] = []): TableView => {
    const file = path.resolve(import.meta.dirname, '..', '..', 'resources', 'samples', 'iris.csv')
    const rNames = ['Sepal.Length', 'Sepal.Width', 'Petal.Length', 'Petal.Width', 'Species']
    const table = readTable(file)
    return { ...table, columns: [...table.columns.map((column, j) => ({ ...column, name: rNames[j]! })), ...extra] }
  }

  test('iris: three species', () => {
    const table = irisTable()
    const names = table.columns.map(({ name }) => name)
    const { fitted, study } = describeTable(table, { columns: names.slice(0, 4), nComponents: 4 }, names)
    const scores = { scores: fitted.result.arrays['scores']!.data, nComponents: 4, weights: null }
    const cos2 = rowCos2(scores, fitted.result.arrays['squaredDistances']!.data)
    ;[0, 50, 100, 149].forEach((row, at) =>
      fixture.iris.cos2[at]!.forEach((value, k) => expect(cos2[row * 4 + k]!).toBeCloseTo(value, DIGITS))
    )
    expectLevels(study, fixture.iris)
    expectProbabilities(study, fixture.iris)
  })

  test('iris unscaled, rows weighing 1, 2, 3, 1 …: FactoMineR counts the weights as 300 rows, here they stay 150', () => {
    const weights: ColumnData = {
      kind: 'number',
      name: 'w',
      values: Float64Array.from({ length: 150 }, (_, i) => 1 + (i % 3))
    }
    const table = irisTable([weights])
    const names = table.columns.map(({ name }) => name).slice(0, 5)
    const asked = { columns: names.slice(0, 4), nComponents: 4, scale: 'none', weight: 'w' } as const
    const { fitted, study } = describeTable(table, asked, names)
    const { arrays } = fitted.result
    const scores = { scores: arrays['scores']!.data, nComponents: 4, weights: arrays['weights']!.data }
    const contributions = rowContributions(scores, fitted.summary.explainedVariance)
    ;[0, 50, 100, 149].forEach((row, at) =>
      fixture.weightedIris.contributions[at]!.forEach((value, k) =>
        expect(contributions[row * 4 + k]!).toBeCloseTo(value, DIGITS)
      )
    )
    expectLevels(study, fixture.weightedIris, Math.sqrt(149 / 299))
  })

  test.each(fixture.limits)('limits of T², n = %i, %i components, by F %f, by Beta %f', (n, k, f, beta) => {
    const limits = hotellingLimits(n, k)
    expect(limits.f! / f).toBeCloseTo(1, 10)
    expect(limits.beta! / beta).toBeCloseTo(1, 10)
  })
})
