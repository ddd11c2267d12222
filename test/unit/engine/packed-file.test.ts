import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openEngine, temporaryFolder } from './open-engine.ts'

const table = (nRows: number): string =>
  'id,size,name\n' + Array.from({ length: nRows }, (_, i) => `${i},${i / 8},word ${i % 3}\n`).join('')

describe('a table in a gzip file', () => {
  it('is understood from its beginning and imported whole, with size and digest of the file on the disk', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    // Two members, as concatenated files have; the name says nothing.
    const text = table(600_000)
    const half = text.indexOf('\n', text.length / 2) + 1
    const packed = Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))])
    const path = join(folder, 'packed.csv')
    writeFileSync(path, packed)
    const file = client.grant(path, 'read')
    const preview = await client.call('import.preview', { file })
    expect(preview.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'number'],
      ['size', 'number'],
      ['name', 'category']
    ])
    expect(preview.bytesRead).toBeLessThan(preview.fileBytes)
    const { dialect, ragged } = preview
    const { jobId } = await client.call('import.commit', { file, name: 'packed', dialect, columns: null, ragged })
    const { datasetId } = await client.finish(jobId)
    const [dataset] = (await client.call('session.get', {})).datasets
    expect(dataset).toMatchObject({ nRows: 600_000, problems: { total: 0 } })
    expect(dataset!.source).toMatchObject({
      bytes: packed.length,
      sha256: createHash('sha256').update(packed).digest('hex')
    })
    const { columns } = await client.call('dataset.rows', { datasetId: datasetId!, rows: [0, 299_999, 599_999] })
    expect(columns[1]!.values).toEqual(Float64Array.of(0, 299_999 / 8, 599_999 / 8))
    await engine.close()
  })

  it('that is cut or damaged is refused, and nothing is stored', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const packed = gzipSync(table(100_000))
    const whole = join(folder, 'whole.csv.gz')
    writeFileSync(whole, packed)
    const { dialect } = await client.call('import.preview', { file: client.grant(whole, 'read') })
    const cut = packed.subarray(0, packed.length - 1000)
    const spoilt = Buffer.from(packed)
    spoilt.writeUInt32LE(0, packed.length - 8)
    for (const [name, bytes] of [
      ['cut.csv.gz', cut],
      ['spoilt.csv.gz', spoilt]
    ] as const) {
      const path = join(folder, name)
      writeFileSync(path, bytes)
      const file = client.grant(path, 'read')
      const { jobId } = await client.call('import.commit', { file, name, dialect, columns: null, ragged: 'pad' })
      await expect(client.finish(jobId)).rejects.toMatchObject({
        data: { code: 'FILE_CORRUPT', where: { file: name } }
      })
    }
    expect((await client.call('session.get', {})).datasets).toEqual([])
    await engine.close()
  })
})
