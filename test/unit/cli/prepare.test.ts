import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const cli = join(root, 'out', 'main', 'cli.js')
const iris = join(root, 'resources', 'samples', 'iris.csv')
const measured = ['sepal length', 'sepal width', 'petal length', 'petal width']

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'prepare-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...words: string[]) {
  const done = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8', maxBuffer: 1 << 26 })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

function writeSteps(steps: unknown): string {
  const path = join(folder, `steps-${Math.random().toString(36).slice(2)}.json`)
  writeFileSync(path, typeof steps === 'string' ? steps : JSON.stringify(steps))
  return path
}

describe('prepare', () => {
  it('carries the steps out, says what each did, and writes the table', () => {
    const steps = writeSteps({
      steps: [
        { kind: 'filter', conditions: [{ test: 'oneOf', column: 'species', values: ['setosa'] }] },
        { kind: 'transform', columns: ['sepal length'], function: 'log10', result: 'add' },
        { kind: 'choose', columns: ['species', 'sepal length', 'Log₁₀ of sepal length'] }
      ]
    })
    const out = join(folder, 'setosa.csv')
    const { code, out: said, err } = run('prepare', iris, '--steps', steps, '--out', out)
    expect(code, err).toBe(0)
    expect(said.split('\n').slice(0, 2)).toEqual([
      '1. Kept 50 of 150 rows: species is setosa.',
      '2. Log₁₀ of sepal length, beside the column.'
    ])
    const [header, first, ...rest] = readFileSync(out, 'utf8').trimEnd().split('\r\n')
    expect(header).toBe('species,sepal length,Log₁₀ of sepal length')
    expect(first).toBe(`setosa,5.1,${Math.log10(5.1)}`)
    expect(rest).toHaveLength(49)
  })

  it('fills words by their most frequent value', () => {
    const file = join(folder, 'colours.csv')
    writeFileSync(file, 'n,colour\n1,red\n2,\n3,blue\n4,red\n5,blue\n6,red\n')
    const steps = writeSteps([{ kind: 'impute', columns: ['colour'], method: 'mode' }])
    const { code, out, err } = run('prepare', file, '--steps', steps, '--out', join(folder, 'filled.csv'))
    expect(code, err).toBe(0)
    expect(out).toContain('1. Filled 1 missing cell of colour with the most frequent value: red.')
    expect(readFileSync(join(folder, 'filled.csv'), 'utf8')).toContain('\r\n2,red\r\n')
  })

  it.each([
    ['no JSON', 'STEPS_INVALID', ''],
    [[], 'STEPS_INVALID', ''],
    [[{ kind: 'filter', conditions: [] }], 'STEPS_INVALID', 'Step 1'],
    [[{ kind: 'distinct' }, { kind: 'bend' }], 'STEPS_INVALID', 'Step 2'],
    [[{ kind: 'distinct' }, { kind: 'transform', columns: ['species'], function: 'log' }], 'STEP_COLUMN_TYPE', 'Step 2']
  ])('%j ends with %s and exit code 1', (steps, code, place) => {
    const { code: exit, err } = run('prepare', iris, '--steps', writeSteps(steps))
    expect(exit).toBe(1)
    expect(err).toContain(code)
    expect(err).toContain(place)
  })
})

describe('pca --steps', () => {
  it('of z-scores is the PCA of unit variance, and repeats the steps', () => {
    const steps = writeSteps([{ kind: 'transform', columns: measured, function: 'standardize' }])
    const { code, out, err } = run('pca', iris, '--steps', steps, '--json')
    expect(code, err).toBe(0)
    const { explainedVarianceRatio, preparation } = JSON.parse(out) as Record<string, number[]>
    // Iris, correlation matrix, as printed by R's summary(prcomp(iris[-5], scale. = TRUE)).
    const published = [0.7296, 0.2285, 0.03669, 0.00518]
    published.forEach((ratio, k) => expect(explainedVarianceRatio![k]).toBeCloseTo(ratio, 4))
    expect(preparation).toEqual(['Z-scores of 4 columns'])
  })
})
