import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SAMPLED_WARNING } from '../../../core/analyses/factorization/judgement.ts'
import { factorize } from '../../../core/cli/factorize.ts'
import { recommend } from '../../../core/cli/recommend.ts'
import { svd } from '../../../core/cli/svd.ts'
import { Workbench } from '../../../core/cli/workbench.ts'

let folder: string
let bench: Workbench
let said: string[] = []
const say = (words: string): void => void said.push(words)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'odd-'))
  bench = new Workbench(() => undefined, new URL('../../../core/engine/compute.ts', import.meta.url))
})
afterAll(async () => {
  await bench.close()
  rmSync(folder, { recursive: true, force: true })
})

const write = (name: string, lines: string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}
/** 8 users × 9 items, two thirds of the cells. */
const table = (name: string, rating: (user: number, item: number) => string | number): string => {
  const cells = Array.from({ length: 72 }, (_, t) => [t % 8, Math.floor(t / 8)] as const)
  const rows = cells.filter(([user, item]) => (user + 2 * item) % 3 !== 0)
  return write(name, ['user,item,rating', ...rows.map(([user, item]) => `u${user},i${item},${rating(user, item)}`)])
}
const stars = (user: number, item: number): number => 1 + ((user * item) % 5)

async function run(file: string, ...words: string[]) {
  said = []
  const { entries, words: shown } = await factorize([file, ...words, '--iterations', '4'], bench, say)
  const json: Record<string, unknown> = Object.fromEntries(
    entries.map(([key, value]) => [key, 'json' in value ? value.json : null])
  )
  return { json, shown: [...said, ...shown].join('\n') }
}
const failure = (file: string, ...words: string[]) => expect(run(file, ...words)).rejects

describe('ratings that are not as they should be', () => {
  test('cells that are blank, NaN or a word: their rows are left out and named, with users that have no other', async () => {
    const blank = write('blank.csv', ['user,item,rating', 'a,x,5', 'a,y,4', 'b,x,', 'b,y,NaN', 'c,x,2', 'c,y,1'])
    const { json, shown } = await run(blank, '--factors', '1')
    expect(json['users']).toEqual(['a', 'c'])
    expect(json['ratings']).toMatchObject({ nRatings: 4, leftOut: 2 })
    expect(shown).toMatch(/Left out: line 4 \(.*\), line 5 \(.*\)\./)
  })

  test('ids with leading zeros are other ids, and told', async () => {
    const ids = ['001', '1', '01', '2']
    const rows = ids.flatMap((user) => ['007', '7', '70'].map((item) => `${user},${item},${1 + (user.length % 3)}`))
    const { json, shown } = await run(write('zeros.csv', ['user,item,rating', ...rows]), '--factors', '1')
    expect(json['users']).toEqual(ids)
    expect(json['items']).toEqual(['007', '7', '70'])
    expect(shown).toContain('3 ids begin with a zero: kept as text, 007 is not 7.')
  })

  test('one item, and more factors than items', async () => {
    const rows = Array.from({ length: 9 }, (_, user) => `u${user},film,${1 + (user % 5)}`)
    const { shown, json } = await run(write('one.csv', ['user,item,rating', ...rows]), '--factors', '7')
    expect(shown).toContain('7 factors were asked for; with 9 users and 1 items at most 1 can differ from zero.')
    expect(Number.isFinite((json['metrics'] as { train: { rmse: number } }).train.rmse)).toBe(true)
  })

  test('all ratings equal: likes, which a model of ratings cannot tell apart', async () => {
    const equal = table('equal.csv', () => 3)
    expect((await run(equal, '--method', 'als')).shown).toContain('Every rating is 3: there are only likes')
    expect((await run(equal)).json).toMatchObject({ method: 'wals' })
  })

  test('negative counts are refused with their place, zeros are no likes', async () => {
    const counted = table('negative.csv', (user, item) => (user === 2 ? -1 : item))
    await failure(counted, '--method', 'hkv').toMatchObject({
      data: { code: 'NEGATIVE_COUNT', where: { line: 3, column: 3, field: 'rating' } }
    })
    const zeros = table('zero-counts.csv', (user, item) => (user === 2 ? 0 : item + 1))
    expect((await run(zeros, '--method', 'ials')).shown).toMatch(/of zero: no like, and left out/)
  })

  test('a scale mixed up is remarked', async () => {
    const { shown } = await run(table('mixed.csv', (user, item) => (1 + ((user + item) % 5)) * (user < 4 ? 1 : 20)))
    expect(shown).toContain('two scales may be mixed in this column')
  })

  test('steps that are too large are named', async () => {
    const words = ['--method', 'sgd', '--learning-rate', '1', '--factors', '20', '--regularization', '0.001']
    await failure(table('stars.csv', stars), ...words, '--iterations', '200').toMatchObject({
      data: { code: 'DIVERGED', message: expect.stringContaining('steps of size 1 ') as string }
    })
  })

  test('a text column of empty strings has no terms', async () => {
    const empty = write('empty.csv', ['id,words', ...Array.from({ length: 6 }, (_, j) => `${j},""`)])
    await expect(svd([empty, '--text', 'words'], bench, say)).rejects.toMatchObject({ data: { code: 'NO_TERMS' } })
  })
})

describe('what makes a judgement doubtful is said', () => {
  test('of a test file with unknown users and items, and with what was trained on', async () => {
    const test = write('test.csv', ['user,item,rating', 'u0,i1,3', 'new,i2,4', 'u2,newer,2', 'u0,i1,1'])
    const { shown, json } = await run(table('train.csv', stars), '--test-file', test)
    expect((json['lint'] as { code: string }[]).map(({ code }) => code)).toEqual([
      'few-test',
      'duplicates-across',
      'unknown-users',
      'unknown-items'
    ])
    expect(json).toMatchObject({ coldTest: 2, nTest: 3 })
    expect(shown).toContain('1 test rating of users without training ratings.')
    expect(shown).toContain('1 test rating of items without training ratings.')
    expect(shown.match(/that are in the training ratings too/g)).toHaveLength(1)
  })

  test('of a split that tells of the future, and of a test set that is all popular', async () => {
    const rows = Array.from({ length: 40 * 12 }, (_, t) => {
      const [user, place] = [t % 40, Math.floor(t / 40)]
      // Eleven of twelve are of the three that everybody rates.
      const item = place < 3 ? place : 3 + ((user * 13 + place) % 60)
      return `u${user},i${item},${stars(user, item)},${1_600_000_000 + t}`
    })
    const timed = write('timed.csv', ['user,item,rating,time', ...rows])
    const { shown } = await run(timed, '--split', 'random', '--test', '0.3')
    expect(shown).toMatch(/older than a training rating of the same user: the model was told of the future/)
    expect((await run(timed, '--split', 'time', '--test', '0.3')).shown).not.toContain('told of the future')

    const popular = write('popular.csv', ['user,item,rating', ...['u1', 'u2', 'u3'].map((user) => `${user},i0,4`)])
    expect((await run(timed, '--test-file', popular)).shown).toContain('most popular tenth of the items')
  })

  test('of metrics among a sample, which are there only when asked for', async () => {
    const ratings = table('sampled.csv', stars)
    const { json, shown } = await run(ratings, '--test', '0.3', '--sampled-negatives', '3')
    expect(shown).toContain(SAMPLED_WARNING)
    expect(json['ranking']).toMatchObject({ sampled: { negatives: 3, warning: SAMPLED_WARNING } })
    expect((await run(ratings, '--test', '0.3')).json['ranking']).not.toHaveProperty('sampled')
  })
})

test('who has rated every item is told so, and how to see them', async () => {
  const model = join(folder, 'model.json')
  await run(table('all.csv', stars), '--model-out', model)
  const all = Array.from({ length: 9 }, (_, item) => `i${item}=4`).join(',')
  const asked = ['--model', model, '--ratings', all]
  const { words } = await recommend(asked, bench, say)
  expect(words.join()).toBe('All 9 items are rated: none is left to recommend. --include-seen lists them too.')
  expect((await recommend([...asked, '--include-seen'], bench, say)).words).toHaveLength(9)
  const narrowed = await recommend(['--model', model, '--user', 'u0', '--min-ratings', '1000'], bench, say)
  expect(narrowed.words).toEqual(['No item passes the filter.'])
})

test('λ is adapted where it is not given, or where that is asked for', async () => {
  // 3,600 ratings without noise: u·v, and nothing else.
  const cells = Array.from({ length: 3600 }, (_, t) => [t % 60, Math.floor(t / 60)] as const)
  const rows = cells.map(([user, item]) => `u${user},i${item},${Math.sin(user + 1) * Math.cos(item * item)}`)
  const exact = write('exact.csv', ['user,item,rating', ...rows])
  const adapted = async (...words: string[]): Promise<boolean> =>
    (await run(exact, '--factors', '2', '--method', 'als', ...words)).shown.includes('λ was adapted')
  expect(await adapted()).toBe(true)
  expect(await adapted('--adapt', 'no')).toBe(false)
  expect(await adapted('--regularization', '1.3')).toBe(false)
  expect(await adapted('--regularization', '1.3', '--adapt', 'yes')).toBe(true)
  // What is found is of λ as it was adapted: who asks for it again says so.
  const search = ['--method', 'als', '--factors', '2', '--search', 'random', '--fits', '2']
  expect((await run(exact, ...search)).shown).toMatch(/Best of 2 trials: .* \(λ adapted: again with --adapt yes\)/)
  expect((await run(exact, ...search, '--adapt', 'no')).shown).toMatch(/Best of 2 trials: [^(]*$/m)
  await failure(exact, '--adapt', 'perhaps').toMatchObject({ data: { code: 'USAGE' } })
})
