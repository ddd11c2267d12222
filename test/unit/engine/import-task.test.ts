import { appendFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { DatasetInfo } from '../../../core/contract/session.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

/** Imports a text as a file, with the types told from all of it, and looks at rows of it. */
async function importText(text: string, rows: number[]) {
  const path = join(temporaryFolder(), 'table.csv')
  writeFileSync(path, text)
  const { engine, client } = openEngine(temporaryFolder())
  onTestFinished(() => engine.close())
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 't', dialect, columns: null, ragged })
  const { datasetId } = await client.finish(jobId)
  const session = await client.call('session.get', {})
  const info = session.datasets.find(({ id }) => id === datasetId) as DatasetInfo
  const cells = await client.call('dataset.rows', { datasetId: datasetId!, rows })
  return { info, ...cells }
}

it('reads a file of many blocks by several threads, and puts the rows in the order of the file', async () => {
  const n = 300_000
  const lines = Array.from({ length: n }, (_, i) => `${i},${i / 8},${i % 1000 === 7 ? 'NA' : -i}`)
  // what no lane reads: a word among numbers, a line too short, a quoted number
  lines[100_000] = '100000,oops,-100000'
  lines[150_000] = '150000,1'
  lines[200_000] = '"200000",25000,-200000'
  const {
    info,
    columns,
    lines: where
  } = await importText(`a,b,c\n${lines.join('\n')}\n`, [0, 99_999, 100_000, 199_999, n - 2])
  expect(info.nRows).toBe(n - 1)
  expect(info.nRowsLeftOut).toBe(1)
  expect(info.problems.counts).toEqual({ NOT_A_NUMBER: 1, TOO_FEW_FIELDS: 1 })
  expect(info.problems.kept.map(({ line }) => line)).toEqual([100_002, 150_002])
  expect(info.columns.map(({ type, missing }) => [type, missing])).toEqual([
    ['number', 0],
    ['number', 1],
    ['number', n / 1000]
  ])
  expect(where).toEqual([2, 100_001, 100_002, 200_002, n + 1])
  expect(columns.map(({ values }) => [...values])).toEqual([
    [0, 99_999, 100_000, 200_000, n - 1],
    [0, 99_999 / 8, NaN, 25_000, (n - 1) / 8],
    [0, -99_999, -100_000, -200_000, -(n - 1)]
  ])
})

it('reads a file again whose types turn out to be others than its beginning shows', async () => {
  const n = 60_000
  const lines = Array.from(
    { length: n },
    (_, i) => `${i},${i < n / 2 ? i : 'word'},90071992547${i < n - 1 ? 1 : 40993}`
  )
  const { info, columns } = await importText(`a,b,c\n${lines.join('\n')}\n`, [1, n - 1])
  expect(info.columns.map(({ type }) => type)).toEqual(['number', 'text', 'category'])
  expect(columns.map(({ values }) => [...values])).toEqual([
    [1, n - 1],
    ['1', 'word'],
    ['900719925471', '9007199254740993']
  ])
})

it('keeps a wide table in chunks of fewer rows', async () => {
  const wide = Array.from({ length: 3000 }, (_, i) => `c${i}`)
  const row = (r: number): string => wide.map((_, i) => r * i).join(',')
  const { info, columns } = await importText(
    `${wide.join(',')}\n${Array.from({ length: 300 }, (_, r) => row(r)).join('\n')}\n`,
    [299]
  )
  expect(info.nRows).toBe(300)
  expect(columns[2999]!.values[0]).toBe(299 * 2999)
})

it('begins again with chunks of fewer rows where texts turn out much longer than the beginning promised', async () => {
  const path = join(temporaryFolder(), 'table.csv')
  const short = Array.from({ length: 20_000 }, (_, i) => `${i},word number ${i}`)
  writeFileSync(path, `n,text\n${short.join('\n')}\n`)
  // More than the 128 Mi characters that a chunk may hold, in fewer rows than the beginning made a chunk of.
  const CELL = 2 ** 20
  const nLong = 135
  for (let i = 0; i < nLong; i++) appendFileSync(path, `${short.length + i},${`long ${i} `.padEnd(CELL, 'x')}\n`)
  const { engine, client } = openEngine(temporaryFolder())
  onTestFinished(() => engine.close())
  const told: number[] = []
  client.onEvent((event) => {
    if (event.event === 'job.progress' && event.job.phase === 'Reading and storing') told.push(event.job.fraction)
  })
  const file = client.grant(path, 'read')
  const { dialect, ragged, columns } = await client.call('import.preview', { file })
  expect(columns.map(({ type }) => type)).toEqual(['number', 'text'])
  const { jobId } = await client.call('import.commit', { file, name: 't', dialect, columns: null, ragged })
  const { datasetId } = await client.finish(jobId)

  // It was well on its way when it began again.
  expect(told.some((fraction, i) => i > 0 && fraction < told[i - 1]!)).toBe(true)
  const last = short.length + nLong - 1
  const cells = await client.call('dataset.rows', { datasetId: datasetId!, rows: [0, 19_999, 20_000, last] })
  expect(cells.columns[0]!.values).toEqual(Float64Array.of(0, 19_999, 20_000, last))
  expect([...cells.columns[1]!.values].map((text) => String(text).slice(0, 18))).toEqual([
    'word number 0',
    'word number 19999',
    'long 0 xxxxxxxxxxx',
    'long 134 xxxxxxxxx'
  ])
  const { datasets } = await client.call('session.get', {})
  expect(datasets.map(({ nRows, source }) => [nRows, source.bytes])).toEqual([[last + 1, statSync(path).size]])
})

it('leaves nothing of an import that is cancelled in its middle, and reads the next file', async () => {
  const path = join(temporaryFolder(), 'table.csv')
  writeFileSync(path, `a,b\n${'1.5,2.25\n'.repeat(2_000_000)}`)
  const { engine, client } = openEngine(temporaryFolder())
  onTestFinished(() => engine.close())
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const order = { file, name: 't', dialect, columns: null, ragged }
  const { jobId } = await client.call('import.commit', order)
  const read: number[] = []
  const stop = client.onEvent((event) => {
    if (event.event !== 'job.progress' || !event.job.bytes) return
    read.push(event.job.bytes.done)
    void client.call('job.cancel', { jobId })
  })
  await expect(client.finish(jobId)).rejects.toMatchObject({ data: { code: 'CANCELLED' } })
  stop()
  expect(read.length).toBeGreaterThan(0)
  const { datasets } = await client.call('session.get', {})
  expect(datasets).toEqual([])
  const again = await client.call('import.commit', order)
  await client.finish(again.jobId)
  expect((await client.call('session.get', {})).datasets[0]).toMatchObject({ nRows: 2_000_000 })
}, 60_000)
