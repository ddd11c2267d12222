import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modelsSummarySchema } from '../../../core/analyses/factorization/studies/models/spec.ts'
import { stabilitySummarySchema } from '../../../core/analyses/factorization/studies/stability/spec.ts'
import { searchSummarySchema } from '../../../core/analyses/factorization/studies/search/spec.ts'

const root = resolve(import.meta.dirname, '../../..')
const shared = resolve(root, '..', 'shared', 'data', 'ml-100k')

let folder: string
let ratings: string

/** 40 users × 25 items, about a third of the cells, rated by what the user and the item have in common. */
function drawLines(pass: (t: number) => boolean): string {
  const lines = ['user,item,rating,when']
  for (let user = 0; user < 40; user++) {
    for (let item = 0; item < 25; item++) {
      const t = user * 25 + item
      if ((user * 7 + item * 11) % 3 !== 0 || !pass(t)) continue
      lines.push(`u${user},i${item},${1 + (((user % 2) * 2 + (item % 3) + ((user * item) % 2)) % 5)},${(t * 37) % 101}`)
    }
  }
  return `${lines.join('\n')}\n`
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'factorize-'))
  ratings = join(folder, 'ratings.csv')
  writeFileSync(
    ratings,
    drawLines(() => true)
  )
  mkdirSync(join(folder, 'folds'))
  for (const fold of [0, 1]) {
    writeFileSync(
      join(folder, 'folds', `u${fold + 1}.base`),
      drawLines((t) => t % 10 !== fold)
    )
    writeFileSync(
      join(folder, 'folds', `u${fold + 1}.test`),
      drawLines((t) => t % 10 === fold)
    )
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...words: string[]) =>
  spawnSync(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'factorize', ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 28
  })
function read(...words: string[]): unknown {
  const { status, stdout, stderr } = run(...words, '--json')
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout) as unknown
}
const small = ['--factors', '2', '--iterations', '4']

interface Errors {
  rmse: number
  mae: number
}

describe('factorize', () => {
  it('fits again from other seeds, and the report tells of it; a method without random numbers has nothing to vary', () => {
    const report = join(folder, 'stability.html')
    const { stability } = read(ratings, '--method', 'sgd', ...small, '--stability', '2', '--report', report) as {
      stability: unknown
    }
    const { seeds, factors, fits } = stabilitySummarySchema.parse(stability)
    expect([seeds, factors.length, fits.length]).toEqual([[2, 3], 2, 3])
    expect(readFileSync(report, 'utf8')).toContain('<h2>Stability over seeds</h2>')
    const same = run(ratings, '--method', 'ease', '--stability', '2')
    expect(same.stdout).toContain('EASE begins with no random number: every seed gives the same.')
    expect(run(ratings, '--stability', 'many').status).toBe(1)
  })

  it('takes every parameter; ranking, errors by group and lint are told', () => {
    const options = [
      '--time',
      'when',
      '--split',
      'time',
      '--test',
      '0.2',
      '--nu',
      '1',
      '--cutoff',
      '5',
      '--min-user',
      '2'
    ]
    const found = read(
      ratings,
      '--user',
      'user',
      '--item',
      'item',
      '--rating',
      'rating',
      ...options,
      ...small
    ) as Record<string, unknown>
    expect(found).toMatchObject({ ranking: { model: { k: 5 }, popularity: { k: 5 } } })
    expect((found['errorsBy'] as { userActivity: unknown[] }).userActivity.length).toBeGreaterThan(0)
    expect((found['lint'] as { code: string }[]).map(({ code }) => code)).toEqual(['few-test'])
    const likes = read(
      ratings,
      '--method',
      'ease',
      '--liked-from',
      '3',
      '--split',
      'perUser',
      '--test',
      '0.2'
    ) as Record<string, unknown>
    expect(likes).toMatchObject({ method: 'ease', ranking: { model: { k: 10 } } })
  })

  it('puts models side by side on folds of the ratings', () => {
    const { comparison } = read(ratings, ...small, '--cv', '3', '--compare', 'sgd,ials') as { comparison: unknown }
    const { nFolds, models } = modelsSummarySchema.parse(comparison)
    expect(nFolds).toBe(3)
    expect(models.map(({ key }) => key)).toEqual(['mean', 'bias', 'popularity', 'own', 'sgd', 'ials'])
    expect(models[3]!.folds).toHaveLength(3)
    expect(models[3]!.againstBias!.rmse.low).toBeLessThan(models[3]!.againstBias!.rmse.high)
    const { stdout } = run(ratings, ...small, '--test', '0.2', '--compare', 'bias')
    expect(stdout).toContain('Models on the held-out ratings:')
  })

  it('fits given folds, and says each and their means', () => {
    const found = read(...['--folds', join(folder, 'folds'), '--compare', 'sgd', ...small]) as {
      folds: { name: string; metrics: { test: Errors } }[]
      mean: { metrics: Errors }
      models: { key: string }[]
    }
    expect(found.folds.map(({ name }) => name)).toEqual(['u1', 'u2'])
    const [one, two] = found.folds.map(({ metrics }) => metrics.test.rmse)
    expect(found.mean.metrics.rmse).toBeCloseTo((one! + two!) / 2, 12)
    expect(found.models.map(({ key }) => key)).toEqual(['mean', 'bias', 'popularity', 'own', 'sgd'])
  })

  it('searches for parameters on a part of the training ratings', () => {
    const { search } = read(ratings, ...small, '--test', '0.2', '--search', 'random', '--fits', '4') as {
      search: unknown
    }
    expect(searchSummarySchema.parse(search).trials).toHaveLength(4)
  })

  it.each([
    [['--compare', 'als,magic'], 'allowed are mean, bias'],
    [['--split', 'weekly'], 'allowed are random'],
    [['--cv', 'many'], '--cv many is not a number'],
    [['--test', '0.2', '--test-file', 'x.csv'], 'not both']
  ])('refuses %j', (words, reason) => {
    const { status, stderr } = run(ratings, ...words)
    expect([status, stderr]).toEqual([1, expect.stringContaining(reason)])
  })

  it('says where there are no folds, and that folds bring their files', () => {
    expect(run('--folds', folder).stderr).toContain('no file NAME.base')
    expect(run('--folds', join(folder, 'nowhere')).stderr).toContain('FILE_NOT_FOUND')
    expect(run(ratings, '--folds', folder).stderr).toContain('brings its own files')
  })

  it.skipIf(!existsSync(join(shared, 'u1.base')))(
    'gives the published error of biases on the folds of MovieLens 100K',
    () => {
      const found = read('--folds', shared, '--method', 'bias') as { mean: { metrics: Errors } }
      // Surprise's BaselineOnly, five folds: RMSE 0.944, MAE 0.748
      expect(found.mean.metrics.rmse).toBeCloseTo(0.944, 2)
      expect(found.mean.metrics.mae).toBeCloseTo(0.748, 2)
    }
  )
})
