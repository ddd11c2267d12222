import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportFormatSchema, exportChoicesSchema } from '../../../core/contract/export.ts'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

async function importText(client: LocalClient, path: string, text: string): Promise<string> {
  writeFileSync(path, text)
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'small', dialect, columns: null, ragged })
  return (await client.finish(jobId)).datasetId!
}

const text = 'name,size,ok\nann,1.5,true\nbob,,false\n=cat,-3,true\ndan,4,true\neve,5,false\n'

describe('export.dataset', () => {
  it('writes chosen columns of chosen rows, and the source beside it where that is asked for', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const datasetId = await importText(client, join(folder, 'small.csv'), text)
    const path = join(folder, 'out.csv')
    const { jobId } = await client.call('export.dataset', {
      datasetId,
      format: 'csv',
      choices: exportChoicesSchema.parse({ delimiter: ';', decimal: ',', bom: true, newline: '\n', metadata: true }),
      columns: ['size', 'name'],
      rows: { kind: 'rows', rows: Int32Array.of(2, 0) },
      file: client.grant(path, 'write')
    })
    const { bytes } = await client.finish(jobId)
    expect(readFileSync(path, 'utf8')).toBe('\uFEFFsize;name\n-3;"\'=cat"\n1,5;ann\n')
    expect(bytes).toBe(readFileSync(path).length)
    expect(JSON.parse(readFileSync(`${path}.meta.json`, 'utf8'))).toMatchObject({
      dataset: 'small',
      source: { fileName: 'small.csv', bytes: text.length, dialect: { delimiter: ',' } },
      steps: []
    })
    await engine.close()
  })

  it('writes the rows of an arrangement in its order', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const datasetId = await importText(client, join(folder, 'small.csv'), text)
    const { viewId } = await client.call('table.arrange', {
      datasetId,
      sort: [{ column: 'size', direction: 'descending' }],
      filters: [{ kind: 'missing', column: 'size', present: true }]
    })
    const path = join(folder, 'out.tsv')
    const { jobId } = await client.call('export.dataset', {
      datasetId,
      format: 'tsv',
      columns: null,
      rows: { kind: 'view', viewId },
      file: client.grant(path, 'write')
    })
    await client.finish(jobId)
    expect(readFileSync(path, 'utf8')).toBe(
      'name\tsize\tok\r\neve\t5\tfalse\r\ndan\t4\ttrue\r\nann\t1.5\ttrue\r\n"\'=cat"\t-3\ttrue\r\n'
    )
    await engine.close()
  })

  it('refuses rows and columns that are not there, and a matrix of texts, and leaves no file', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const datasetId = await importText(client, join(folder, 'small.csv'), text)
    const file = client.grant(join(folder, 'out.npy'), 'write')
    const ask = { datasetId, format: 'npy' as const, columns: null, rows: { kind: 'all' as const }, file }
    await expect(
      client.call('export.dataset', { ...ask, rows: { kind: 'rows', rows: Int32Array.of(5) } })
    ).rejects.toMatchObject({ data: { code: 'INVALID_CALL' } })
    await expect(client.call('export.dataset', { ...ask, columns: ['nobody'] })).rejects.toMatchObject({
      data: { code: 'COLUMN_UNKNOWN' }
    })
    const { jobId } = await client.call('export.dataset', ask)
    await expect(client.finish(jobId)).rejects.toMatchObject({ data: { code: 'COLUMN_NOT_NUMERIC' } })
    expect(readdirSync(folder).filter((name) => name.startsWith('out') || name.endsWith('.tmp'))).toEqual([])
    await engine.close()
  })

  it('writes every format, with the source where there is room for it', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const datasetId = await importText(client, join(folder, 'small.csv'), text)
    for (const format of exportFormatSchema.options) {
      const { jobId } = await client.call('export.dataset', {
        datasetId,
        format,
        columns: format === 'npy' ? ['size'] : null,
        rows: { kind: 'all' },
        file: client.grant(join(folder, `out.${format}`), 'write')
      })
      expect((await client.finish(jobId)).bytes).toBeGreaterThan(40)
    }
    const json = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as Record<string, unknown>
    expect(json).toMatchObject({
      nRows: 5,
      provenance: { software: expect.stringMatching(/^Eigendesk \d/) as string, source: { fileName: 'small.csv' } },
      columns: [
        { name: 'name', values: ['ann', 'bob', '=cat', 'dan', 'eve'] },
        { name: 'size', type: 'number', values: [1.5, null, -3, 4, 5] },
        { name: 'ok', type: 'boolean', values: ['true', 'false', 'true', 'true', 'false'] }
      ]
    })
    await engine.close()
  })
})
