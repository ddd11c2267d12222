import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { writeJsonObject } from '../../core/cli/json-stream.ts'
import { pca } from '../../core/cli/pca.ts'
import { Workbench } from '../../core/cli/workbench.ts'
import { sharedTable } from '../unit/pca/read-numbers.ts'

interface OptionsFixture {
  source: string
  csv: string
  columns: string[]
  cases: {
    options: string[]
    rowsUsed: number[]
    mean: number[]
    scale: number[]
    explainedVariance: number[]
    totalVariance: number
    /** of the first fitted row, without their signs */
    firstScores: number[]
  }[]
}
interface Levels {
  names: string[]
  coordinates: number[][]
  vTests: number[][]
}
interface RowsFixture {
  source: string
  decathlon2: {
    cos2: number[][]
    contributions: number[][]
    supplementaryRows: { coordinates: number[][]; cos2: number[][] }
    supplementaryColumns: { correlations: number[][] }
    levels: Levels
    description: { numeric: { name: string; '2': number; '3': number }[]; categories: { '2': number; '3': number }[] }[]
  }
}
interface ColumnsFixture {
  decathlon2: { correlations: number[][]; cos2: number[][]; contributions: number[][]; eigenvalues: number[] }
}
/** What `pca --json` prints of a fit. */
interface Printed {
  rowsUsed: number[]
  mean: number[]
  scale: number[]
  explainedVariance: number[]
  totalVariance: number
  scores: number[][]
  correlations: number[][]
  cos2: { rows: number[][]; columns: number[][] }
  contributions: { rows: number[][]; columns: number[][] }
  kmo: { overall: number }
  bartlett: { chiSquare: number; df: number }
  supplementary: {
    rows: { scores: number[][]; cos2: number[][] }
    columns: { column: string; correlations: number[] }[]
    categories: { levels: { level: string; coordinates: number[]; vTests: number[] }[] }[]
  }
  description: {
    numeric: { column: string; correlation: number; p: number }[]
    categories: { r2: number; p: number }[]
  }[]
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf-8'))
const folder = mkdtempSync(path.join(tmpdir(), 'pca-cli-'))
const bench = new Workbench(() => undefined, new URL('../../core/engine/compute.ts', import.meta.url))
afterAll(async () => {
  await bench.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The command itself, in this process: the words a person types, the JSON that is printed. */
async function printed(file: string, options: string[]): Promise<Printed> {
  const { entries } = await pca([file, ...options, '--json'], bench, () => undefined)
  let text = ''
  writeJsonObject(entries, (part) => (text += part))
  return JSON.parse(text) as Printed
}

function expectNear(found: readonly number[], wanted: readonly number[], digits = 9): void {
  expect(found).toHaveLength(wanted.length)
  const size = Math.max(...wanted.map(Math.abs)) || 1
  wanted.forEach((value, i) => expect(Math.abs(found[i]! - value) / size).toBeLessThan(10 ** -digits))
}

// Made by scripts/fixtures/make-pca-options.py.
const given = read('pca-options') as OptionsFixture

describe(`every option of a fit on the command line, as ${given.source} have it`, () => {
  const file = path.join(folder, 'options.csv')
  writeFileSync(file, given.csv)

  test.each(given.cases.map((one) => ({ title: one.options.join(' '), ...one })))('$title', async (wanted) => {
    // The cells that numpy fills in and ours agree to about seven digits: both stop when little moves.
    const digits = wanted.options.includes('iterative') ? 6 : 9
    const found = await printed(file, ['--columns', given.columns.join(','), '--components', '5', ...wanted.options])
    expect(found.rowsUsed).toEqual(wanted.rowsUsed)
    expectNear(found.mean, wanted.mean, digits)
    expectNear(found.scale, wanted.scale, digits)
    expectNear(found.explainedVariance, wanted.explainedVariance, digits)
    expectNear([found.totalVariance], [wanted.totalVariance], digits)
    expectNear(found.scores[0]!.map(Math.abs), wanted.firstScores, digits)
  })
})

const decathlonFile = sharedTable('decathlon2.csv')
const testsFile = sharedTable('HolzingerSwineford1939.csv')
const titled = (title: string, file: string): string =>
  existsSync(file) ? title : `${title} (skipped: ../shared/data is absent)`

test.skipIf(!existsSync(decathlonFile))(
  titled('decathlon2 with supplementary rows, columns and groups, as FactoMineR', decathlonFile),
  async () => {
    const { decathlon2: ofRows } = read('pca-rows') as RowsFixture
    const { decathlon2: ofColumns } = read('pca-columns') as ColumnsFixture
    const [header = ''] = readFileSync(decathlonFile, 'utf-8').split(/\r?\n/)
    const events = header.split(',').slice(1, 11)
    const found = await printed(decathlonFile, [
      ...['--columns', events.join(','), '--scale', 'unit', '--divisor', 'n', '--components', '10'],
      ...['--supplementary-rows', '24-27', '--supplementary-columns', 'Rank,Points', '--group', 'Competition']
    ])
    expectNear(found.explainedVariance, ofColumns.eigenvalues)
    // X100m contributes 17.544293 % to the first component (factoextra's README).
    expect(found.contributions.columns[0]![0]).toBeCloseTo(17.544293, 6)
    const signs = found.correlations[0]!.map((r, k) => Math.sign(r * ofColumns.correlations[0]![k]!))
    const turned = (rows: number[][]): number[] => rows.flatMap((row) => row.map((value, k) => value * signs[k]!))
    expectNear(turned(found.correlations), ofColumns.correlations.flat())
    expectNear(found.cos2.columns.flat(), ofColumns.cos2.flat())
    expectNear(found.contributions.columns.flat(), ofColumns.contributions.flat())
    expectNear(found.cos2.rows.flat(), ofRows.cos2.flat())
    expectNear(found.contributions.rows.flat(), ofRows.contributions.flat())

    const { rows, columns, categories } = found.supplementary
    expectNear(turned(rows.scores), ofRows.supplementaryRows.coordinates.flat())
    expectNear(rows.cos2.flat(), ofRows.supplementaryRows.cos2.flat())
    expect(columns.map(({ column }) => column)).toEqual(['Rank', 'Points'])
    expectNear(turned(columns.map(({ correlations }) => correlations)), ofRows.supplementaryColumns.correlations.flat())
    const levels = ofRows.levels.names.map((name) => categories[0]!.levels.find(({ level }) => level === name)!)
    expectNear(turned(levels.map(({ coordinates }) => coordinates)), ofRows.levels.coordinates.flat())
    expectNear(turned(levels.map(({ vTests }) => vTests)), ofRows.levels.vTests.flat())
    ofRows.description.forEach((component, k) => {
      const ours = found.description[k]!
      for (const line of component.numeric) {
        const { correlation, p } = ours.numeric.find(({ column }) => column === line.name)!
        expect(correlation * signs[k]!).toBeCloseTo(line['2'], 9)
        expect(p / line['3']).toBeCloseTo(1, 6)
      }
      expect(ours.categories[0]!.r2).toBeCloseTo(component.categories[0]!['2'], 9)
      expect(ours.categories[0]!.p / component.categories[0]!['3']).toBeCloseTo(1, 6)
    })
  }
)

test.skipIf(!existsSync(testsFile))(
  titled('Holzinger and Swineford x1 to x9: Bartlett 904.097 with 36, KMO 0.752, as jamovi’s own test', testsFile),
  async () => {
    const columns = Array.from({ length: 9 }, (_, k) => `x${k + 1}`).join(',')
    const { kmo, bartlett } = await printed(testsFile, ['--columns', columns, '--scale', 'unit'])
    expect(bartlett.chiSquare).toBeCloseTo(904.097, 3)
    expect(bartlett.df).toBe(36)
    expect(kmo.overall).toBeCloseTo(0.752, 3)
  }
)
