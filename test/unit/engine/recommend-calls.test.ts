import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine, temporaryFolder } from './open-engine.ts'
import type { Engine } from '../../../core/engine/engine.ts'
import type { LocalClient } from '../../../core/engine/local-client.ts'

const csv = `user,item,rating,when
007,Alien,5,2001-02-03
007,Brazil,1,2001-02-04
b,Alien,4,2002-02-03
b,Casablanca,2,2002-02-04
c,Brazil,5,2003-02-03
c,Casablanca,4,2003-02-04
c,Dune,5,2003-02-05
d,Dune,1,2004-02-05
d,Alien,5,2004-02-06
`

async function importText(client: LocalClient, path: string, text: string, name: string): Promise<string> {
  writeFileSync(path, text)
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name, dialect, columns: null, ragged })
  return (await client.finish(jobId)).datasetId!
}

async function factorize(client: LocalClient, datasetId: string, params: Record<string, unknown>): Promise<string> {
  const asked = { layout: 'long', user: 'user', item: 'item', rating: 'rating', time: 'when', ...params }
  const { jobId } = await client.call('analysis.run', { datasetId, kind: 'factorization', params: asked })
  return (await client.finish(jobId)).analysisId!
}

let folder: string
let engine: Engine
let client: LocalClient
let datasetId: string
let analysisId: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recommend-'))
  ;({ engine, client } = openEngine(folder))
  datasetId = await importText(client, join(folder, 'ratings.csv'), csv, 'ratings')
  analysisId = await factorize(client, datasetId, { method: 'als', testFraction: 0 })
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a user of a stored result has a list, a history with its times, and reasons that sum', async () => {
  const items = await client.call('analysis.list', { analysisId, name: 'items' })
  const users = await client.call('analysis.list', { analysisId, name: 'users' })
  expect(users[0]).toBe('007')

  const answer = await client.call('recommend.user', { analysisId, who: { user: 0 }, n: 10 })
  expect(answer.list.map(({ item }) => items[item]).sort()).toEqual(['Casablanca', 'Dune'])
  expect(answer.nCandidates).toBe(2)
  expect(answer.history).toMatchObject([
    { item: 0, value: 5, time: '2001-02-03', held: false },
    { item: 1, value: 1, time: '2001-02-04', held: false }
  ])
  const stored = await client.call('analysis.array', { analysisId, name: 'userFactors' })
  expect(Array.from(answer.factors!)).toEqual(Array.from(stored.data.subarray(0, 2)))
  for (const { clipped, score } of answer.list) expect(clipped).toBe(Math.min(5, Math.max(1, score)))

  const [first] = answer.list
  const why = await client.call('recommend.explain', { analysisId, who: { user: 0 }, item: first!.item })
  expect(why.score).toBe(first!.score)
  expect(why.terms.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(first!.score, 9)
  const pairs: [number, number][] = [
    [0, first!.item],
    [-1, first!.item]
  ]
  const [known, unknown] = await client.call('recommend.predict', { analysisId, pairs })
  expect(known).toBeCloseTo(first!.score, 12)
  expect(unknown).not.toBeCloseTo(first!.score, 3)
})

test('somebody new is placed by what they gave, saved, and found again when the session is reopened', async () => {
  const own = temporaryFolder()
  const first = openEngine(own)
  const table = await importText(first.client, join(own, 'ratings.csv'), csv, 'ratings')
  const model = await factorize(first.client, table, { method: 'als', testFraction: 0 })
  const ratings = [
    { item: 0, value: 5 },
    { item: 1, value: 1 }
  ]
  const who = { ratings }
  // The same ratings as those of the first user, to whom they lead.
  const user = await first.client.call('recommend.user', { analysisId: model, who: { user: 0 }, n: 5 })
  const answer = await first.client.call('recommend.user', { analysisId: model, who, n: 5 })
  answer.factors!.forEach((value, k) => expect(value).toBeCloseTo(user.factors![k]!, 9))
  expect(answer.list.map(({ item }) => item)).toEqual(user.list.map(({ item }) => item))

  await first.client.call('recommend.savePerson', { analysisId: model, name: 'Ada', ratings: [] })
  await first.client.call('recommend.savePerson', { analysisId: model, name: 'Ada', ratings })
  await first.client.call('recommend.savePerson', { analysisId: model, name: 'Bob', ratings: [{ item: 3, value: 2 }] })
  await first.engine.close()

  const second = openEngine(own)
  const people = await second.client.call('recommend.people', { analysisId: model })
  expect(people).toEqual([
    { name: 'Ada', ratings, unknown: 0 },
    { name: 'Bob', ratings: [{ item: 3, value: 2 }], unknown: 0 }
  ])
  const again = await second.client.call('recommend.user', { analysisId: model, who: { person: 'Ada' }, n: 5 })
  expect(again.list).toEqual(answer.list)
  const ada = await second.client.call('recommend.removePerson', { analysisId: model, name: 'Ada' })
  await expect(
    second.client.call('recommend.user', { analysisId: model, who: { person: 'Ada' }, n: 5 })
  ).rejects.toMatchObject({ data: { code: 'INVALID_CALL' } })
  expect(await second.client.call('recommend.removePerson', { analysisId: model, name: 'Ada' })).toBeNull()
  // Put back, also what this model does not know.
  const person = { ...ada!, ratings: [...ada!.ratings, { item: 'Heat', value: 3 }] }
  await second.client.call('recommend.restorePerson', { analysisId: model, person })
  expect(await second.client.call('recommend.people', { analysisId: model })).toContainEqual({
    name: 'Ada',
    ratings,
    unknown: 1
  })
  await second.engine.close()
})

test('the length of an item is that of its factors', async () => {
  const { data, shape } = await client.call('analysis.array', { analysisId, name: 'itemFactors' })
  const lengths = await client.call('recommend.itemLengths', { analysisId })
  expect(lengths).toHaveLength(4)
  expect(lengths[2]).toBeCloseTo(Math.hypot(...data.slice(2 * shape[1]!, 3 * shape[1]!)), 12)
  const baseline = await factorize(client, datasetId, { method: 'bias', testFraction: 0 })
  expect(Array.from(await client.call('recommend.itemLengths', { analysisId: baseline }))).toEqual([0, 0, 0, 0])
})

test('what was held out stands in the history as that, and is not recommended', async () => {
  const likes = await factorize(client, datasetId, { method: 'wals', testFraction: 0.4 })
  let held = 0
  for (let user = 0; user < 4; user++) {
    const { history, list } = await client.call('recommend.user', { analysisId: likes, who: { user }, n: 5 })
    held += history.filter((rated) => rated.held).length
    const seen = new Set(history.map(({ item }) => item))
    expect(list.length).toBe(4 - seen.size)
    expect(list.some(({ item }) => seen.has(item))).toBe(false)
  }
  // 40 % of nine, rounded.
  expect(held).toBe(4)
  await expect(client.call('recommend.user', { analysisId: likes, who: { user: 4 }, n: 5 })).rejects.toMatchObject({
    data: { code: 'INVALID_CALL' }
  })
})

test('a table of the session that names the items is found, with the row of each', async () => {
  const text = 'title,year,genres\nDune,1984,Sci-Fi|War\nAlien,1979,Horror|Sci-Fi\nBrazil,1985,Comedy\n'
  const films = await importText(client, join(folder, 'films.csv'), text, 'films')
  const tables = await client.call('recommend.itemTables', { analysisId })
  expect(tables).toEqual([
    { datasetId: films, name: 'films', column: 'title', share: 0.75 },
    expect.objectContaining({ name: 'ratings', column: 'item', share: 1 })
  ])
  // Alien, Brazil, Casablanca, Dune, as they come in the ratings.
  const rows = await client.call('recommend.itemRows', { analysisId, datasetId: films, column: 'title' })
  expect(Array.from(rows)).toEqual([1, 2, -1, 0])
  const own = await client.call('recommend.itemRows', { analysisId, datasetId: tables[1]!.datasetId, column: 'item' })
  expect(Array.from(own)).toEqual([0, 1, 3, 6])
  const alien = await client.call('recommend.similar', { analysisId, item: 0, n: 3 })
  expect(alien.similar.length).toBe(3)
  expect(alien.ratedBy.map(({ user }) => user).sort()).toEqual([0, 1, 3])
})
