import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const cli = join(root, 'out', 'main', 'cli.js')
const iris = join(root, 'resources', 'samples', 'iris.csv')
const sentences = join(root, 'test', 'e2e', 'three-themes.csv')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'svd-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...words: string[]) {
  const done = spawnSync(process.execPath, [cli, 'svd', ...words], { encoding: 'utf8' })
  return { code: done.status, out: done.stdout, err: done.stderr }
}
function runJson(...words: string[]): Record<string, unknown> {
  const { code, out, err } = run(...words, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out) as Record<string, unknown>
}

describe('svd', () => {
  it('has the fields of the summary, and U and V in their shapes', () => {
    const result = runJson(iris, '--factors', '2')
    expect(Object.keys(result)).toEqual([
      'source',
      'nRows',
      'nColumns',
      'nEntries',
      'density',
      'nFactors',
      'singularValues',
      'frobeniusNorm',
      'normShare',
      'cumulativeNormShare',
      'explainedVariance',
      'explainedVarianceRatio',
      'errors',
      'errorsFormed',
      'eckartYoung',
      'signRule',
      'solver',
      'solverReason',
      'seed',
      'certificate',
      'duplicates',
      'text',
      'rows',
      'columns',
      'leftVectors',
      'rightVectors',
      'dropped',
      'emptyDocuments',
      'notes',
      'timings'
    ])
    expect(result).toMatchObject({ source: 'columns', nRows: 150, nColumns: 4, nFactors: 2 })
    expect((result['leftVectors'] as number[][]).length).toBe(150)
    expect((result['rightVectors'] as number[][])[0]!.length).toBe(2)
    // numpy.linalg.svd(iris, compute_uv=False), numpy 1.24.2
    const [first, second] = result['singularValues'] as number[]
    expect(first).toBeCloseTo(95.95991387196443, 10)
    expect(second).toBeCloseTo(17.76103366, 7)
  })

  it('reads a text column, and a long table of entries, and writes what the app exports', () => {
    const text = runJson(sentences, '--text', 'sentence', '--factors', '4', '--stop-words', 'list', '--out', folder)
    expect(text).toMatchObject({ source: 'text', nRows: 60, nFactors: 4 })
    expect(text['columns']).toContain('telescope')
    expect(text['columns']).not.toContain('the')
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['three-themes-svd-document-coordinates.csv', 'three-themes-svd-spectrum.csv'])
    )
    const path = join(folder, 'counts.csv')
    writeFileSync(path, 'who,what,times\nann,apple,2\nbob,pear,1\nann,apple,3\n')
    const counts = runJson(path, '--row', 'who', '--column', 'what', '--value', 'times', '--factors', '2')
    expect(counts).toMatchObject({ source: 'triplets', singularValues: [5, 1], duplicates: 1, rows: ['ann', 'bob'] })
    const rows = runJson(path, '--row', 'who', '--column', 'what', '--factors', '2')
    expect(rows).toMatchObject({ singularValues: [2, 1] })
  })

  it('says what is wrong with options, columns and texts', () => {
    expect(run(iris, '--text', 'species', '--row', 'species').err).toContain('Give --columns, --row with --column, or')
    expect(run(iris, '--row', 'species').err).toContain('Entries need --row and --column.')
    expect(run(sentences, '--text', 'words').err).toContain('COLUMN_UNKNOWN')
    const none = run(sentences, '--text', 'sentence', '--min-documents', '61')
    expect(none.code).toBe(1)
    expect(none.err).toContain('NO_TERMS')
    expect(none.err).toMatch(/[Ll]ine 2/)
  })
})
