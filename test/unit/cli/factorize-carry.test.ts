import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { factorize } from '../../../core/cli/factorize.ts'
import { recommend } from '../../../core/cli/recommend.ts'
import { Workbench } from '../../../core/cli/workbench.ts'

let folder: string
let bench: Workbench
const said: string[] = []
const say = (words: string): void => void said.push(words)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carry-'))
  bench = new Workbench(() => undefined, new URL('../../../core/engine/compute.ts', import.meta.url))
})
afterAll(async () => {
  await bench.close()
  rmSync(folder, { recursive: true, force: true })
})

const ratings = `userId,movieId,rating
1,Alien,5
1,Brazil,1
1,Casablanca,4
2,Alien,4
2,Casablanca,5
3,Brazil,5
3,Dune,4
4,Dune,1
4,Alien,5
`

test('a factorization is carried away in one command, and asked again from its file', async () => {
  const file = join(folder, 'ratings.csv')
  writeFileSync(file, ratings)
  const pairs = join(folder, 'pairs.csv')
  writeFileSync(pairs, 'userId,movieId\n1,Dune\n2,Dune\n9,Dune\n')
  const at = (name: string): string => join(folder, name)
  const words = ['--factors', '2', '--iterations', '5', '--seed', '3', '--out', at('out'), '--recommend', '2']
  const files = ['--model-out', at('model.npz'), '--script', at('model.py'), '--report', at('report.html')]
  const { entries } = await factorize([file, ...words, ...files, '--predict', pairs], bench, say)
  expect(entries.find(([key]) => key === 'unknownPairs')![1]).toEqual({ json: { users: 1, items: 0 } })

  const lists = readFileSync(at('out/ratings-factorization-recommendations.csv'), 'utf8').trim().split('\r\n')
  // Of four items users have 3, 2, 2 and 2: lists of 1, 2, 2 and 2.
  expect(lists).toHaveLength(1 + 7)
  const predicted = readFileSync(at('out/ratings-factorization-predictions.csv'), 'utf8').trim().split('\r\n')
  expect(predicted[0]).toBe('userId,movieId,predicted,"predicted, within the range",known')
  expect(predicted[3]).toMatch(/^9,Dune,.*,item only$/)

  const asked = await recommend(['--model', at('model.npz'), '--user', '2', '--n', '1'], bench, say)
  const { json: list } = asked.entries.find(([key]) => key === 'list')![1] as {
    json: { item: string; score: number }[]
  }
  const [, , item, score] = lists.find((line) => line.startsWith('2,1,'))!.split(',')
  expect(item).toBe(list[0]!.item)
  // Lists for all are multiplied by blocks, one person's by rows: the same but for the order of the sum.
  expect(Number(score)).toBeCloseTo(list[0]!.score, 12)
  expect(readFileSync(at('model.py'), 'utf8')).toContain('model-model.npz')

  const html = readFileSync(at('report.html'), 'utf8')
  expect(html).toContain('<dt>Seed</dt><dd>3</dd>')
  expect(html).toContain('<dt>Method</dt><dd>Biased ALS</dd>')
  expect(html).toMatch(/<td>Bias only<\/td>/)
  expect(html).toMatch(/<dt>SHA-256<\/dt><dd>[0-9a-f]{64}<\/dd>/)
  expect(html).not.toMatch(/>(?:NaN|undefined)</)
  expect(html).not.toMatch(/<(?:script|link|iframe|img)\b/)
})

test('options that cannot be followed are refused before anything is fitted', async () => {
  const refused = [
    ['--model-out', 'model.csv'],
    ['--script', 'model.r'],
    ['--recommend', '0', '--out', folder],
    ['--recommend', '5'],
    ['--predict', 'pairs.csv']
  ]
  for (const words of refused) {
    await expect(factorize([join(folder, 'none.csv'), ...words], bench, say)).rejects.toMatchObject({
      data: { code: 'USAGE' }
    })
  }
})
