import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { toErrorData } from '../../../core/contract/errors.ts'
import type { Preview } from '../../../core/contract/table.ts'
import { importTyped, noDialect, previewTyped } from '../../../core/engine/typed-import.ts'
import { previewTable } from '../../../core/table/read.ts'
import { numpyFiles } from '../formats/numpy-files.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

const written = (name: string, content: string | Uint8Array): string => {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}
const numpy = (name: keyof typeof numpyFiles, ending = 'npy'): string =>
  written(`${name}.${ending}`, Buffer.from(numpyFiles[name], 'base64'))

const cells = (preview: Preview | null): (string | null)[][] => preview!.rows.map((row) => row.cells)
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (thrown) {
    return toErrorData(thrown).code
  }
}

describe('NumPy files', () => {
  it('are read in either byte order and either order of the matrix', async () => {
    const rows = [
      ['0', '1'],
      ['2', '3'],
      ['4', '5']
    ]
    expect(cells(await previewTyped(numpy('bigEndian')))).toEqual(rows)
    expect(cells(await previewTyped(numpy('fortran')))).toEqual(rows)
  })
  it('with several arrays are one table, and what a number cannot hold is said', async () => {
    const preview = await previewTyped(numpy('mixed', 'npz'))
    expect(preview!.typed).toBe('NumPy')
    expect(preview!.columns.map(({ name, type }) => [name, type])).toEqual([
      ['a', 'number'],
      ['b 1', 'number'],
      ['b 2', 'number'],
      ['name', 'text'],
      ['ok', 'boolean'],
      ['big', 'number']
    ])
    expect(cells(preview)[2]).toEqual(['2', '4', null, 'x', 'true', '1152921504606847000'])
    expect(preview!.problems.counts).toEqual({ NON_FINITE: 1, INTEGER_TOO_LARGE: 4 })
    expect(preview!.problems.kept[0]).toMatchObject({ line: 1, column: 6, text: '1152921504606846977' })
  })
  it.each([
    ['objects', 'npy', 'NUMPY_UNSUPPORTED'],
    ['fields', 'npy', 'NUMPY_UNSUPPORTED'],
    ['cube', 'npy', 'NUMPY_UNSUPPORTED'],
    ['differ', 'npz', 'ARRAYS_DIFFER']
  ] as const)('of %s are refused', async (name, ending, code) => {
    expect(await codeOf(previewTyped(numpy(name, ending)))).toBe(code)
  })
  it('cut anywhere are refused, never read half', async () => {
    for (const name of ['bigEndian', 'mixed'] as const) {
      const whole = Buffer.from(numpyFiles[name], 'base64')
      for (let length = 8; length < whole.length; length += 7) {
        const cut = whole.subarray(0, length)
        // What is no longer told from any other archive is refused where text is read.
        const preview = previewTyped(written('cut.npy', cut)).then((typed) => typed ?? previewTable(cut, length, 'cut'))
        const code = await codeOf(preview)
        expect(['FILE_CORRUPT', 'FILE_BINARY'], `${name} of ${length} bytes: ${code}`).toContain(code)
      }
    }
  })
  it('that claim to be enormous are refused before they are unpacked', async () => {
    const bomb = Buffer.from(numpyFiles.mixed, 'base64')
    // The size of the first file in the directory, which stands before the end of the archive.
    const entry = bomb.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    bomb.writeUInt32LE(0xfffffffe, entry + 24)
    expect(await codeOf(previewTyped(written('bomb.npz', bomb)))).toBe('UNPACKED_TOO_LARGE')
  })
})

describe('Parquet files', () => {
  const moment = new Date('2024-02-29T10:30:00.250Z')
  const file = (): string =>
    written(
      'other.parquet',
      new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: 'id', data: [1n, 2n ** 60n + 1n, 3n], type: 'INT64' },
            { name: 'when', data: [moment, null, moment], type: 'TIMESTAMP' },
            { name: 'ok', data: [true, false, null], type: 'BOOLEAN' },
            { name: 'what', data: [{ a: 1 }, null, [1, 2]], type: 'JSON' },
            { name: 'x', data: [1.5, Number.NaN, -0], type: 'DOUBLE' }
          ]
        })
      )
    )
  it('of another program are read by the types that stand in them', async () => {
    const preview = await previewTyped(file())
    expect(preview!.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
      ['id', 'number', 0],
      ['when', 'date', 1],
      ['ok', 'boolean', 1],
      ['what', 'text', 1],
      ['x', 'number', 1]
    ])
    expect(cells(preview)[0]).toEqual(['1', '2024-02-29T10:30:00.25', 'true', '{"a":1}', '1.5'])
    expect(preview!.problems.counts).toEqual({ INTEGER_TOO_LARGE: 1 })
  })
  it('that are damaged are refused with a reason, and nothing is stored', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const path = join(folder, 'bad.parquet')
    writeFileSync(path, 'PAR1\u0000\u0001\u0002 nothing that is a table PAR1')
    const ask = client.grant(path, 'read')
    await expect(client.call('import.preview', { file: ask })).rejects.toMatchObject({ data: { code: 'FILE_CORRUPT' } })
    const task = { file: ask, name: 'bad', dialect: noDialect, columns: null, ragged: 'leaveOut' as const }
    const { jobId } = await client.call('import.commit', task)
    await expect(client.finish(jobId)).rejects.toMatchObject({ data: { code: 'FILE_CORRUPT' } })
    expect((await client.call('session.get', {})).datasets).toEqual([])
    await engine.close()
  })
  it('exported are imported with the same cells, types and words', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const { jobId } = await client.call('sample.open', { sample: 'iris' })
    const { datasetId } = await client.finish(jobId)
    const path = join(folder, 'iris.parquet')
    const exported = await client.call('export.dataset', {
      datasetId: datasetId!,
      format: 'parquet',
      columns: null,
      rows: { kind: 'all' },
      file: client.grant(path, 'write')
    })
    await client.finish(exported.jobId)
    const file = client.grant(path, 'read')
    const { dialect, ragged } = await client.call('import.preview', { file })
    const back = await client.call('import.commit', { file, name: 'back', dialect, columns: null, ragged })
    const { datasetId: again } = await client.finish(back.jobId)
    const rows = Array.from({ length: 150 }, (_, row) => row)
    const cellsOf = async (id: string) => (await client.call('dataset.rows', { datasetId: id, rows })).columns
    expect(await cellsOf(again!)).toEqual(await cellsOf(datasetId!))
    const { datasets } = await client.call('session.get', {})
    const types = (id: string) => datasets.find((d) => d.id === id)!.columns.map(({ name, type }) => [name, type])
    expect(types(again!)).toEqual(types(datasetId!))
    expect(datasets.map(({ source }) => source.typed)).toEqual([undefined, 'Parquet'])
    await engine.close()
  })
})

describe('a file without types', () => {
  it('is left to those who read text', async () => {
    const outside = { post: () => undefined, flags: new Int32Array(2), checkpoint: () => undefined }
    const path = written('a.csv', 'PAR1,x\n1,2\n3,4\n5,6\n7,8\n1,2\n3,4\n5,6\n1,2\n3,4\n5,6\n7,8\n1,2\n3,4\n5,6\n7,8\n')
    expect(await previewTyped(path)).toBeNull()
    const task = { task: 'import' as const, path, dialect: noDialect, columns: null, types: {}, ragged: 'pad' as const }
    expect(await importTyped(task, outside)).toBeNull()
  })
})
