import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { methodSchema, type Method } from '../../../core/analyses/factorization/methods.ts'
import { recommend } from '../../../core/analyses/factorization/recommending/answers.ts'
import { recommend as recommendCommand } from '../../../core/cli/recommend.ts'
import { factorModelSchema } from '../../../core/contract/factor-model.ts'
import type { CallParams } from '../../../core/contract/calls.ts'
import { readFactorModel } from '../../../core/engine/factor-model-file.ts'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import type { Engine } from '../../../core/engine/engine.ts'
import { openEngine } from './open-engine.ts'

const worksWith = (command: string): boolean => spawnSync(command, ['-c', 'import numpy']).status === 0
const python = ['/usr/bin/python3', 'python3'].find(worksWith)

/** 14 users, 11 items with names that need care. */
function drawCsv(): string {
  const random = new SeededRandom(4)
  const lines = ['user,item,rating']
  for (let user = 0; user < 14; user++) {
    for (let item = 0; item < 11; item++) {
      if (random.uniform() > 0.45 && item !== user % 11) continue
      lines.push(`"u ""${user}""","Film ${item}, The Ö",${1 + random.integer(5)}`)
    }
  }
  return `${lines.join('\n')}\n`
}

async function importText(client: LocalClient, path: string, text: string): Promise<string> {
  writeFileSync(path, text)
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'table', dialect, columns: null, ragged })
  return (await client.finish(jobId)).datasetId!
}

const layout = { layout: 'long', user: 'user', item: 'item', rating: 'rating' }

let folder: string
let datasetId: string
let engine: Engine
let client: LocalClient
const fitted = new Map<string, string>()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carry-'))
  ;({ engine, client } = openEngine(folder))
  datasetId = await importText(client, join(folder, 'ratings.csv'), drawCsv())
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Fits the table by a method; one model each serves all tests. */
async function fit(method: Method): Promise<string> {
  const known = fitted.get(method)
  if (known !== undefined) return known
  const params = { ...layout, method, iterations: 5, nFactors: 3, samples: 8, burnIn: 2, testFraction: 0.1 }
  const { jobId } = await client.call('analysis.run', { datasetId, kind: 'factorization', params })
  const { analysisId } = await client.finish(jobId)
  fitted.set(method, analysisId!)
  return analysisId!
}

async function carry(
  client: LocalClient,
  path: string,
  analysisId: string,
  format: CallParams<'carry.model'>['format']
): Promise<void> {
  const file = client.grant(path, 'write')
  const { jobId } = await client.call('carry.model', { analysisId, format, file })
  await client.finish(jobId)
}

/** Runs Python scripts one after the other in one process, as importing numpy takes longer than what they do. */
const DRIVER = `
import runpy, sys
for script in sys.argv[1:]:
    sys.argv = [script]
    try:
        runpy.run_path(script, run_name="__main__")
        print("passed", file=sys.stderr)
    except BaseException as end:
        print(type(end).__name__, file=sys.stderr)
`
const runAll = (scripts: string[]): string[] =>
  spawnSync(python!, ['-c', DRIVER, ...scripts], { encoding: 'utf8' })
    .stderr.trim()
    .split('\n')

const all = { seen: 'include' as const }

describe('a model of every method', () => {
  it('is the same from its JSON and from its NPZ file, and a script with numpy alone has its numbers', async () => {
    const scripts: string[] = []
    for (const method of methodSchema.options) {
      const analysisId = await fit(method)
      const at = (ending: string): string => join(folder, `${method}.${ending}`)
      await carry(client, at('json'), analysisId, 'json')
      await carry(client, at('npz'), analysisId, 'npz')
      await carry(client, at('py'), analysisId, 'python')
      scripts.push(at('py'))

      const stored = await client.call('recommend.user', { analysisId, who: { user: 3 }, n: 11, filter: all })
      for (const ending of ['json', 'npz']) {
        const { head, known } = readFactorModel(at(ending))
        expect(head).toMatchObject({ method, provenance: { source: { fileName: 'ratings.csv' } } })
        const read = recommend(known, { user: 3 }, 11, all, () => null)
        expect(read.list.map(({ item, score }) => [item, score])).toEqual(
          stored.list.map(({ item, score }) => [item, score])
        )
        // Somebody new is placed from the file alone.
        const ratings = [{ item: 2, value: 5 }]
        const fresh = await client.call('recommend.user', { analysisId, who: { ratings }, n: 11, filter: all })
        const again = recommend(known, { ratings }, 11, all, () => null)
        expect(again.list.map(({ score }) => score)).toEqual(fresh.list.map(({ score }) => score))
      }
      expect(factorModelSchema.safeParse(JSON.parse(readFileSync(at('json'), 'utf8'))).success).toBe(true)
    }
    if (python === undefined) return
    expect(runAll(scripts)).toEqual(scripts.map(() => 'passed'))
    // It can be red: another score than the app's.
    const broken = readFileSync(scripts[2]!, 'utf8').replace('expected = [', 'expected = [9 + ')
    writeFileSync(scripts[2]!, broken)
    expect(runAll(scripts.slice(2, 3))).toEqual(['AssertionError'])
  }, 60_000)

  test('a file that is none, or is cut off, is refused', () => {
    const path = join(folder, 'model.json')
    for (const text of ['{', '{"kind": "pca"}', '[]']) {
      writeFileSync(path, text)
      expect(() => readFactorModel(path)).toThrow(
        expect.objectContaining({ data: expect.objectContaining({ code: 'MODEL_INVALID' }) })
      )
    }
    expect(() => readFactorModel(join(folder, 'none.json'))).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'FILE_NOT_FOUND' }) })
    )
  })

  type Arrays = Record<string, { shape: number[]; data: number[] }>
  test.each<[Method, string, (arrays: Arrays) => void]>([
    ['ease', 'itemWeights has not 11 rows', (arrays) => delete arrays['itemWeights']],
    ['svdpp', 'implicitFactors has not 11 rows', (arrays) => delete arrays['implicitFactors']],
    ['itemknn', 'neighbourOffsets has not 12 rows', (arrays) => delete arrays['neighbourOffsets']],
    ['itemknn', 'no array "neighbourWeights"', (arrays) => delete arrays['neighbourWeights']],
    ['als', 'do not fit together', ({ trainingOffsets }) => (trainingOffsets!.data[14]! += 1)],
    ['als', 'do not fit together', ({ trainingOffsets }) => (trainingOffsets!.data[3] = 1000)]
  ])('of %s is refused where %s', async (method, words, spoil) => {
    const path = join(folder, 'spoilt.json')
    await carry(client, path, await fit(method), 'json')
    const model = JSON.parse(readFileSync(path, 'utf8')) as { arrays: Arrays }
    expect(() => readFactorModel(path)).not.toThrow()
    spoil(model.arrays)
    writeFileSync(path, JSON.stringify(model))
    expect(() => readFactorModel(path)).toThrow(words)
  })

  test.skipIf(python === undefined)(
    'an NPZ file whose numbers stand column by column is refused, not misread',
    async () => {
      const [path, turned] = [join(folder, 'rows.npz'), join(folder, 'columns.npz')]
      await carry(client, path, await fit('als'), 'npz')
      const code = `import sys, numpy as np
model = dict(np.load(sys.argv[1]))
np.savez(sys.argv[2], **{**model, "itemFactors": np.asfortranarray(model["itemFactors"])})`
      expect(spawnSync(python!, ['-c', code, path, turned]).status).toBe(0)
      expect(() => readFactorModel(turned)).toThrow('column by column')
    }
  )

  test('a name with the end of a line in it stays in the comment of the script', async () => {
    const analysisId = await fit('bias')
    const { name } = await client.call('analysis.get', { analysisId })
    await client.call('analysis.rename', { analysisId, name: 'Mine\nraise SystemExit(7)' })
    await carry(client, join(folder, 'named.py'), analysisId, 'python')
    await client.call('analysis.rename', { analysisId, name })
    expect(readFileSync(join(folder, 'named.py'), 'utf8')).toMatch(/^# Mine raise SystemExit\(7\): /)
  })
})

test('LIBMF: the product of the two rows of a pair is its whole score', async () => {
  for (const method of ['als', 'ials'] as const) {
    const analysisId = await fit(method)
    const path = join(folder, 'model.txt')
    await carry(client, path, analysisId, 'libmf')
    const lines = readFileSync(path, 'utf8').split('\n')
    const heads = Object.fromEntries(lines.slice(0, 5).map((line) => line.split(' ')))
    expect(heads).toMatchObject({ f: '0', m: '14', n: '11', k: method === 'als' ? '5' : '3' })
    const row = (name: string): number[] => {
      const words = lines
        .find((line) => line.startsWith(`${name} T `))!
        .trim()
        .split(' ')
      return words.slice(2).map(Number)
    }
    const pairs: [number, number][] = [
      [0, 0],
      [13, 10],
      [5, 7]
    ]
    const scores = await client.call('recommend.predict', { analysisId, pairs })
    pairs.forEach(([user, item], t) => {
      const product = row(`p${user}`).reduce((sum, value, k) => sum + value * row(`q${item}`)[k]!, 0)
      expect(product).toBeCloseTo(scores[t]!, 10)
    })
  }
  const analysisId = await fit('ease')
  await expect(carry(client, join(folder, 'none.txt'), analysisId, 'libmf')).rejects.toMatchObject({
    data: { code: 'NO_FACTORS' }
  })
})

test('lists of all users are those that each user is shown, in every format', async () => {
  const analysisId = await fit('als')
  const users = await client.call('analysis.list', { analysisId, name: 'users' })
  const items = await client.call('analysis.list', { analysisId, name: 'items' })
  const filter = { seen: 'exclude' as const, minRatings: 3 }
  const write = async (ending: 'csv' | 'json' | 'npz', asked: 'all' | number[] = 'all'): Promise<string> => {
    const path = join(folder, `lists.${ending}`)
    const file = client.grant(path, 'write')
    const order = { analysisId, users: asked, n: 4, filter, format: ending, file }
    const { jobId } = await client.call('carry.recommendations', order)
    await client.finish(jobId)
    return path
  }
  const wanted: { user: string; items: string[]; scores: number[] }[] = []
  for (let user = 0; user < users.length; user++) {
    const { list } = await client.call('recommend.user', { analysisId, who: { user }, n: 4, filter })
    wanted.push({ user: users[user]!, items: list.map(({ item }) => items[item]!), scores: list.map((l) => l.score) })
  }
  const json = JSON.parse(readFileSync(await write('json'), 'utf8')) as { recommendations: typeof wanted }
  json.recommendations.forEach(({ user, items: names, scores }, u) => {
    expect({ user, items: names }).toEqual({ user: wanted[u]!.user, items: wanted[u]!.items })
    scores.forEach((score, rank) => expect(score).toBeCloseTo(wanted[u]!.scores[rank]!, 12))
  })
  const csv = readFileSync(await write('csv'), 'utf8')
    .trim()
    .split('\r\n')
  expect(csv[0]).toBe('user,rank,item,score')
  expect(csv.length - 1).toBe(wanted.reduce((sum, { items: names }) => sum + names.length, 0))
  expect(csv[1]).toMatch(/^"u ""0""",1,"Film \d+, The Ö",/)
  const some = readFileSync(await write('csv', [2]), 'utf8')
    .trim()
    .split('\r\n')
  expect(some.length - 1).toBe(wanted[2]!.items.length)
  if (python !== undefined) {
    const path = await write('npz')
    const code = `import numpy as np; m = np.load(${JSON.stringify(path)}); print(m["users"][3], m["list"].shape, [m["items"][i] for i in m["list"][3] if i >= 0])`
    const { stdout } = spawnSync(python, ['-c', code], { encoding: 'utf8' })
    expect(stdout).toContain(`${wanted[3]!.user} (14, 4)`)
    for (const name of wanted[3]!.items) expect(stdout).toContain(name)
  }
  await expect(write('csv', [99])).rejects.toMatchObject({ data: { code: 'INVALID_CALL' } })
})

test('pairs of another table are predicted, those that are not known by the rest, and counted', async () => {
  const analysisId = await fit('als')
  const pairs = await importText(
    client,
    join(folder, 'pairs.csv'),
    'who,what,known\n"u ""0""","Film 1, The Ö",x\nnobody,"Film 1, The Ö",y\nnobody,nothing,z\n'
  )
  const path = join(folder, 'predicted.csv')
  const file = client.grant(path, 'write')
  const order = { analysisId, datasetId: pairs, user: 'who', item: 'what', format: 'csv' as const, file }
  const { jobId } = await client.call('carry.predictions', order)
  expect(await client.finish(jobId)).toMatchObject({ unknown: { users: 2, items: 1 } })
  const items = await client.call('analysis.list', { analysisId, name: 'items' })
  const film = items.indexOf('Film 1, The Ö')
  const asked: [number, number][] = [
    [0, film],
    [-1, film],
    [-1, -1]
  ]
  const scores = await client.call('recommend.predict', { analysisId, pairs: asked })
  const lines = readFileSync(path, 'utf8').trim().split('\r\n')
  expect(lines[0]).toBe('who,what,known,predicted,"predicted, within the range",known 2')
  const told = ['user and item', 'item only', 'neither']
  lines.slice(1).forEach((line, row) => {
    const cells = line.split(',')
    expect(Number(cells.at(-3))).toBe(scores[row])
    expect(Number(cells.at(-2))).toBe(Math.min(5, Math.max(1, scores[row]!)))
    expect(cells.at(-1)).toBe(told[row])
  })
})

test('the command line recommends from a model file alone', async () => {
  const analysisId = await fit('als')
  const path = join(folder, 'model.json')
  await carry(client, path, analysisId, 'json')
  const said: string[] = []
  const ask = async (...words: string[]) => {
    const { entries, words: printed } = await recommendCommand(
      ['--model', path, ...words],
      undefined as never,
      (word) => said.push(word)
    )
    const json = Object.fromEntries(entries.map(([key, value]) => [key, 'json' in value ? value.json : value]))
    return { json, printed }
  }
  const known = await ask('--user', 'u "3"', '--n', '3', '--why', 'Film 2, The Ö')
  const { list } = await client.call('recommend.user', { analysisId, who: { user: 3 }, n: 3 })
  const items = await client.call('analysis.list', { analysisId, name: 'items' })
  const listed = known.json['list'] as { item: string; score: number }[]
  // From the file the held out ratings are not known, and may be recommended.
  expect(listed.length).toBe(3)
  expect(listed.map(({ item }) => item)).toContain(items[list[0]!.item])
  const why = known.json['why'] as { score: number; terms: { value: number }[] }
  expect(why.terms.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(why.score, 9)
  expect(known.printed[0]).toMatch(/^1\. Film \d+, The Ö \(/)

  const fresh = await ask('--ratings', '"Film 2, The Ö=5","Film 4, The Ö=1",Unheard=3', '--n', '11')
  expect(said).toEqual(['Not in the model: Unheard.'])
  expect((fresh.json['list'] as unknown[]).length).toBe(9)
  expect(fresh.json['history']).toMatchObject([
    { item: 'Film 2, The Ö', value: 5 },
    { item: 'Film 4, The Ö', value: 1 }
  ])
  const few = await ask('--user', 'u "3"', '--items', '"Film 2, The Ö"', '--include-seen')
  expect((few.json['list'] as { item: string }[]).map(({ item }) => item)).toEqual(['Film 2, The Ö'])
  for (const words of [[], ['--user', 'x'], ['--user', 'u "3"', '--ratings', 'a'], ['--user', 'u "3"', '--n', '0']]) {
    await expect(async () => ask(...words)).rejects.toMatchObject({ data: { code: 'USAGE' } })
  }
})
