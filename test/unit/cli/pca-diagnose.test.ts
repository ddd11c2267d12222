import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinEntries } from '../../../core/cli/pca/join.ts'

const cli = resolve(import.meta.dirname, '../../..', 'out', 'main', 'cli.js')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Result {
  cos2: { rows: number[][] }
  contributions: { rows: number[][] }
  hotellingT2: { values: number[]; limit: number; limits: { f: number; beta: number }; level: number }
  qResidual: { values: number[]; limit: number | null; limits: { jacksonMudholkar: number | null; box: number | null } }
  leverage: number[]
  description: { component: number; numeric: { column: string; correlation: number; fitted: boolean }[] }[]
  supplementary: {
    rows: { rows: number[]; scores: number[][]; cos2: number[][] }
    columns: { column: string; correlations: number[] }[]
    categories: { column: string; levels: { level: string; rows: number; vTests: number[] }[] }[]
  }
  scores: number[][]
}

function pca(...options: string[]): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'pca', ...options, '--json'], {
    encoding: 'utf8'
  })
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout) as Result
}

/** Hald's cements with a fourteenth one that was not fitted, a number and a kind beside them. */
const table = `a,b,c,d,heat,kind
7,26,6,60,78.5,x
1,29,15,52,74.3,x
11,56,8,20,104.3,y
11,31,8,47,87.6,x
7,52,6,33,95.9,y
11,55,9,22,109.2,y
3,71,17,6,102.7,y
1,31,22,44,72.5,x
2,54,18,22,93.1,y
21,47,4,26,115.9,y
1,40,23,34,83.8,x
11,66,9,12,113.3,y
10,68,8,12,109.4,y
8,50,8,30,99,y
`

describe('pca, the rows', () => {
  it('says how unusual each is, what the components go with, and what was supplementary', () => {
    const file = join(folder, 'hald.csv')
    writeFileSync(file, table)
    const asked = ['--columns', 'a,b,c,d', '--supplementary-rows', '14', '--supplementary-columns', 'heat,kind']
    const whole = pca(file, ...asked)
    // The documentation of pca in MATLAB's Statistics Toolbox, as issue 5 has them.
    const t2 = [5.6803, 3.0758, 6.0002, 2.6198, 3.3681, 0.5668, 3.4818, 3.9794, 2.6086, 7.4818, 4.183, 2.2327, 2.7216]
    t2.forEach((value, i) => expect(whole.hotellingT2.values[i]).toBeCloseTo(value, 4))
    // R 4.2.2: 4 * (13^2 - 1) / (13 * 9) * qf(0.95, 4, 9) and 12^2 / 13 * qbeta(0.95, 2, 4)
    expect(whole.hotellingT2.limit).toBeCloseTo(20.8669699, 6)
    expect(whole.hotellingT2.limits.beta).toBeCloseTo(7.2820614, 6)
    expect(whole.hotellingT2.level).toBe(0.95)
    expect(whole.qResidual).toMatchObject({ values: Array.from({ length: 13 }, () => 0), limit: null })
    expect(whole.leverage.reduce((sum, value) => sum + value, 0)).toBeCloseTo(5, 9)
    for (const row of whole.cos2.rows) expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9)
    for (const k of [0, 1, 2, 3]) {
      expect(whole.contributions.rows.reduce((sum, row) => sum + row[k]!, 0)).toBeCloseTo(100, 9)
    }

    const [first] = whole.description
    expect(first!.component).toBe(1)
    expect(first!.numeric.map(({ column }) => column).sort()).toEqual(['a', 'b', 'c', 'd', 'heat'])
    expect(first!.numeric.find(({ column }) => column === 'heat')!.fitted).toBe(false)
    // d is hardly anything but the first component
    expect(first!.numeric[0]).toMatchObject({ column: 'd', fitted: true })
    expect(first!.numeric[0]!.correlation).toBeGreaterThan(0.99)

    expect(whole.supplementary.rows.rows).toEqual([14])
    expect(whole.supplementary.rows.cos2[0]!.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9)
    expect(whole.supplementary.columns.map(({ column }) => column)).toEqual(['heat'])
    expect(whole.supplementary.categories[0]!.levels.map(({ level, rows }) => [level, rows])).toEqual([
      ['x', 5],
      ['y', 8]
    ])

    // With two components something is left over: the residuals of issue 5 for the first row, squared.
    const two = pca(file, ...asked, '--components', '2')
    expect(two.qResidual.values[0]).toBeCloseTo(2.4037 ** 2 + 2.693 ** 2 + 1.6482 ** 2 + 2.3425 ** 2, 3)
    expect(two.qResidual.limit).toBe(two.qResidual.limits.jacksonMudholkar)
    expect(two.qResidual.limit).toBeGreaterThan(0)
  })
})

describe('entries of one name', () => {
  it('that are objects become one; anything else replaces what was there', () => {
    expect(
      joinEntries([
        ['cos2', { object: [['columns', { json: 1 }]] }],
        ['other', { json: 2 }],
        ['cos2', { object: [['rows', { json: 3 }]] }],
        ['other', { json: 4 }]
      ])
    ).toEqual([
      [
        'cos2',
        {
          object: [
            ['columns', { json: 1 }],
            ['rows', { json: 3 }]
          ]
        }
      ],
      ['other', { json: 4 }]
    ])
  })
})
