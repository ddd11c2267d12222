import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { svdSummarySchema } from '../../../core/analyses/svd/spec.ts'
import type { CallParams } from '../../../core/contract/calls.ts'
import type { PlacedRows } from '../../../core/contract/svd-calls.ts'
import { svdModelSchema } from '../../../core/contract/svd-model.ts'
import type { Engine } from '../../../core/engine/engine.ts'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { readSvdModel } from '../../../core/engine/svd-model-file.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { openEngine, repository } from './open-engine.ts'

const worksWith = (command: string): boolean => spawnSync(command, ['-c', 'import numpy, scipy']).status === 0
const python = ['/usr/bin/python3', 'python3'].find(worksWith)

let folder: string
let engine: Engine
let client: LocalClient

async function importText(name: string, text: string): Promise<string> {
  const path = join(folder, `${name}.csv`)
  writeFileSync(path, text)
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name, dialect, columns: null, ragged })
  return (await client.finish(jobId)).datasetId!
}

async function fit(datasetId: string, params: Record<string, unknown>): Promise<string> {
  const { jobId } = await client.call('analysis.run', { datasetId, kind: 'svd', params })
  return (await client.finish(jobId)).analysisId!
}

async function carry(path: string, analysisId: string, format: CallParams<'carry.svd'>['format']): Promise<void> {
  const { jobId } = await client.call('carry.svd', { analysisId, format, file: client.grant(path, 'write') })
  await client.finish(jobId)
}

const place = (model: string, datasetId: string) =>
  client.call('svd.place', { model: client.grant(model, 'read'), datasetId })

const sentences = readFileSync(join(repository, 'test', 'e2e', 'three-themes.csv'), 'utf8')

/** Numbers whose columns differ in size, and a missing cell. */
function drawNumbers(): string {
  const random = new SeededRandom(6)
  const rows = Array.from({ length: 40 }, (_, i) => [
    `plot ${i}`,
    ...[100, 10, 1, 1, 0.1].map((size) => size * (random.uniform() - 0.3))
  ])
  rows[7]![2] = ''
  return `name,a,b,c,d,"e, Ö"\n${rows.map((row) => row.join(',')).join('\n')}\n`
}

/** Entries of 30 shelves and 25 goods with names that need care, some of them twice. */
function drawEntries(): string {
  const random = new SeededRandom(2)
  const lines = ['shelf,good,times']
  for (let e = 0; e < 260; e++) {
    lines.push(`"shelf ""${random.integer(30)}""","good ${random.integer(25)}, é",${1 + random.integer(4)}`)
  }
  return `${lines.join('\n')}\n`
}

const cases: Record<string, { text: string; params: Record<string, unknown> }> = {
  columns: { text: drawNumbers(), params: { source: 'columns', nFactors: 3 } },
  triplets: {
    text: drawEntries(),
    params: { source: 'triplets', row: 'shelf', column: 'good', value: 'times', nFactors: 4, solver: 'krylov' }
  },
  text: { text: sentences, params: { source: 'text', text: 'sentence', nFactors: 5 } },
  pairs: {
    text: sentences,
    params: { source: 'text', text: 'sentence', nFactors: 4, ngrams: 'pairs', sublinear: true, solver: 'randomized' }
  }
}
const datasets = new Map<string, string>()
const fitted = new Map<string, string>()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'svd-'))
  ;({ engine, client } = openEngine(folder))
  for (const [name, { text, params }] of Object.entries(cases)) {
    datasets.set(name, await importText(name, text))
    fitted.set(name, await fit(datasets.get(name)!, params))
  }
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs Python scripts one after the other in one process, as importing numpy takes longer than what they do. */
const DRIVER = `
import runpy, sys
for script in sys.argv[1:]:
    sys.argv = [script]
    try:
        runpy.run_path(script, run_name="__main__")
        print("passed", file=sys.stderr)
    except BaseException as end:
        print(end, file=sys.stderr)
`
const runAll = (scripts: string[]): string[] =>
  spawnSync(python!, ['-c', DRIVER, ...scripts], { encoding: 'utf8' })
    .stderr.trim()
    .split('\n')

/** Largest difference of what was placed from U·σ. */
async function distanceFromFit(analysisId: string, { coordinates }: PlacedRows): Promise<number> {
  const { summary } = await client.call('analysis.get', { analysisId })
  const { singularValues } = svdSummarySchema.parse(summary)
  const { data, shape } = await client.call('analysis.array', { analysisId, name: 'leftVectors' })
  expect(coordinates.shape).toEqual(shape)
  const K = singularValues.length
  return Float64Array.from(coordinates.data).reduce(
    (most, value, at) => Math.max(most, Math.abs(value - data[at]! * singularValues[at % K]!)),
    0
  )
}

describe('a truncated SVD of every source', () => {
  it.each(Object.keys(cases))(
    'has a model that is the same as JSON and as NPZ, and places its own rows: %s',
    async (name) => {
      const analysisId = fitted.get(name)!
      for (const format of ['json', 'npz'] as const) await carry(join(folder, `${name}.${format}`), analysisId, format)
      const [json, npz] = ['json', 'npz'].map((ending) => readSvdModel(join(folder, `${name}.${ending}`)))
      expect(json).toEqual(npz)
      const given = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Record<string, unknown>
      expect(svdModelSchema.safeParse(given).error).toBeUndefined()
      expect(given).toMatchObject({
        kind: 'svd',
        centring: 'none',
        provenance: { source: { fileName: `${name}.csv` } },
        schema: { $id: 'urn:eigendesk:svd-model:1' }
      })
      const { model, placed } = await place(join(folder, `${name}.npz`), datasets.get(name)!)
      expect(model).toMatch(/^(SVD|Sparse SVD|Latent semantics), \d factors$/)
      const { data } = await client.call('analysis.array', { analysisId, name: 'leftVectors' })
      expect(placed.names).toHaveLength(data.length / placed.coordinates.shape[1]!)
      // The randomized solver's factors are approximate: A·V is not quite U·σ.
      expect(await distanceFromFit(analysisId, placed)).toBeLessThan(name === 'pairs' ? 0.2 : 1e-10)
      for (const share of placed.cos2) expect(share >= 0 && share <= 1).toBe(true)
    }
  )

  test('is made again by a script with numpy and scipy alone, which is red where a number differs', async () => {
    const scripts = Object.keys(cases).map((name) => join(folder, `${name}.py`))
    for (const [at, name] of Object.keys(cases).entries()) await carry(scripts[at]!, fitted.get(name)!, 'python')
    if (python === undefined) return
    expect(runAll(scripts)).toEqual(scripts.map(() => 'passed'))
    const [columns, , text] = scripts as [string, string, string]
    const asked = spawnSync(python, [text, 'A telescope for a faint galaxy'], { encoding: 'utf8' })
    expect(asked.stdout.split('\n')[0], asked.stderr).toMatch(/^0\.\d{4}\t.*(galaxy|telescope)/)
    writeFileSync(
      columns,
      readFileSync(columns, 'utf8').replace(
        'sigma = model["singularValues"]',
        'sigma = 1.001 * model["singularValues"]'
      )
    )
    expect(runAll([columns])[0]).toMatch(/^These differ: .*singular values/)
  }, 60_000)

  it.each(Object.keys(cases))('has a report that says where its numbers come from: %s', async (name) => {
    const analysisId = fitted.get(name)!
    const { html } = await client.call('report.make', { analysisId })
    expect(html).toMatch(/<dt>SHA-256<\/dt><dd>[0-9a-f]{64}<\/dd>/)
    expect(html).toContain('<dt>Centring</dt><dd>none</dd>')
    expect(html).toContain('<dt>Seed</dt><dd>1</dd>')
    expect(html).toContain('Eckart and Young')
    expect(html).not.toMatch(/>(?:NaN|undefined|Infinity)|NaN [°%]|="NaN/)
    expect(html).not.toMatch(/<(?:script|link|iframe|img)\b/)
    expect((await client.call('report.make', { analysisId })).html).toBe(html)
    if (name !== 'text') return
    expect(html).toMatch(/<dt>Stop words<\/dt><dd>a list of \d+ left out<\/dd>/)
    expect(html).toContain('goalkeeper')
  })
})

describe('other rows', () => {
  it('of text lie where their known words put them; words the model does not know are counted', async () => {
    const texts = 'sentence\nThe telescope found a faint galaxy\nxyzzy plugh\n\nthe the\n'
    const { placed } = await place(join(folder, 'text.json'), await importText('new texts', texts))
    const { names, coordinates, cos2, unknown, notes } = placed
    expect(names.slice(0, 2)).toEqual(['The telescope found a faint galaxy', 'xyzzy plugh'])
    expect(coordinates.data.subarray(5).every((value) => value === 0)).toBe(true)
    expect(cos2[0]).toBeGreaterThan(0.1)
    expect(cos2[1]).toBeNaN()
    expect(unknown).toBeGreaterThanOrEqual(2)
    expect(notes.join(' ')).toMatch(
      /2 documents without a term lie at the origin\. .*terms the model does not know count as 0\./
    )
  })

  it('of columns are matched by name, in any order', async () => {
    const { placed } = await place(
      join(folder, 'columns.json'),
      await importText('turned', '"e, Ö",d,c,b,a\n0,0,0,0,2\n')
    )
    const { axes } = readSvdModel(join(folder, 'columns.json'))
    expect(Array.from(placed.coordinates.data)).toEqual([0, 1, 2].map((k) => 2 * axes.data[k]!))
    await expect(place(join(folder, 'columns.json'), await importText('fewer', 'a,b\n1,2\n'))).rejects.toMatchObject({
      data: { code: 'MODEL_COLUMNS' }
    })
  })

  it('of entries are added up; goods the model does not know are counted', async () => {
    const text = 'shelf,good,times\nmine,"good 3, é",1\nmine,"good 3, é",2\nmine,soap,9\n'
    const { placed } = await place(join(folder, 'triplets.npz'), await importText('shelves', text))
    const { axes, columns } = readSvdModel(join(folder, 'triplets.npz'))
    const at = columns.indexOf('good 3, é')
    expect(placed.names).toEqual(['mine'])
    expect(placed.unknown).toBe(1)
    placed.coordinates.data.forEach((value, k) => expect(value).toBeCloseTo(3 * axes.data[at * 4 + k]!, 14))
  })

  it('are refused by a file that is no model of theirs', () => {
    const path = join(folder, 'broken.json')
    for (const text of ['{', '{"kind": "pca"}', '[]', '{"rows": [], "columns": [], "arrays": {}}']) {
      writeFileSync(path, text)
      expect(() => readSvdModel(path)).toThrow(
        expect.objectContaining({ data: expect.objectContaining({ code: 'MODEL_INVALID' }) as object })
      )
    }
    const cut = JSON.parse(readFileSync(join(folder, 'text.json'), 'utf8')) as { columns: string[] }
    cut.columns.pop()
    writeFileSync(path, JSON.stringify(cut))
    expect(() => readSvdModel(path)).toThrow(/rightVectors is not/)
  })
})
