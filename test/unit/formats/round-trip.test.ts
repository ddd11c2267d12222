import { constants, crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnData } from '../../../core/contract/table.ts'
import { openTyped } from '../../../core/engine/open-typed.ts'
import { columnFrom } from '../../../core/engine/typed-column.ts'
import { writeNpy, writeNpz } from '../../../core/export/numpy.ts'
import { writeParquet } from '../../../core/export/parquet.ts'
import type { ExportSource } from '../../../core/export/source.ts'
import type { RandomAccess } from '../../../core/formats/typed-table.ts'
import { ProblemLog } from '../../../core/table/problems.ts'
import { sourceOf, tables, type Cell, type Generated } from '../../csv/generated-tables.ts'

/** Bytes as a file that can be read anywhere. */
function inMemory(name: string, pieces: Iterable<Uint8Array>): RandomAccess {
  const whole = Buffer.concat([...pieces])
  return { name, bytes: whole.length, read: (from, to) => Uint8Array.from(whole.subarray(from, to)) }
}

const cellsOf = (data: ColumnData): Cell[] => {
  if (data.kind === 'number') return Array.from(data.values, (value) => (Number.isNaN(value) ? null : value))
  return data.kind === 'codes' ? Array.from(data.codes, (code) => data.dictionary[code] ?? null) : data.values
}

async function readBack(file: RandomAccess): Promise<{ generated: Generated; dictionaries: (string[] | null)[] }> {
  const table = (await openTyped(file))!
  const log = new ProblemLog()
  const columns = await Promise.all(
    table.columns.map(({ name }, i) => columnFrom(table, i, name, table.nRows, log, () => undefined))
  )
  expect(log.report().total).toBe(0)
  return {
    generated: {
      names: table.columns.map(({ name }) => name),
      types: columns.map(({ type }) => type),
      cells: columns.map(({ data }) => cellsOf(data))
    },
    dictionaries: columns.map(({ data }) => (data.kind === 'codes' ? data.dictionary : null))
  }
}

/** The same table in chunks of two rows, so that pieces meet within it. */
function inSmallChunks(generated: Generated): ExportSource {
  const whole = sourceOf(generated)
  return {
    ...whole,
    chunkRows: 2,
    chunk: (column, chunk) => {
      const data = whole.chunk(column, 0)
      const [from, to] = [2 * chunk, 2 * chunk + 2]
      if (data.kind === 'number') return { kind: 'number', values: data.values.slice(from, to) }
      if (data.kind === 'codes') return { kind: 'codes', codes: data.codes.slice(from, to) }
      return { kind: 'text', values: data.values.slice(from, to) }
    }
  }
}

const stored = { crc32, deflate: null }
const deflated = {
  crc32,
  deflate: (bytes: Uint8Array, last: boolean) =>
    deflateRawSync(bytes, { finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH })
}

describe('what is written as Parquet is read as the same table', () => {
  it('names, types, words and cells, of any size', async () => {
    await fc.assert(
      fc.asyncProperty(tables(''), async (generated) => {
        const source = inSmallChunks(generated)
        const read = await readBack(inMemory('t.parquet', writeParquet(source)))
        expect(read.generated).toEqual(generated)
        expect(read.dictionaries).toEqual(source.columns.map(({ dictionary }) => dictionary))
      }),
      { numRuns: 300 }
    )
  })
  it('keeps an empty text apart from a missing one', async () => {
    const generated: Generated = { names: ['x'], types: ['text'], cells: [['', null, 'NA']] }
    const read = await readBack(inMemory('t.parquet', writeParquet(sourceOf(generated))))
    expect(read.generated).toEqual(generated)
  })
  it('writes whole numbers of 32 bits as such, and −0 as a double', async () => {
    const generated: Generated = {
      names: ['whole', 'zero', 'large'],
      types: ['number', 'number', 'number'],
      cells: [
        [1, null, -7],
        [-0, 1, 2],
        [2 ** 31, 1, 2]
      ]
    }
    const read = await readBack(inMemory('t.parquet', writeParquet(sourceOf(generated))))
    expect(read.generated).toEqual(generated)
  })
})

describe('what is written as NumPy arrays is read as the same table', () => {
  it.each([
    ['stored', stored],
    ['deflated', deflated]
  ])('a column an array, %s', async (_, tools) => {
    await fc.assert(
      fc.asyncProperty(tables(''), async (generated) => {
        const read = await readBack(inMemory('t.npz', writeNpz(inSmallChunks(generated), tools)))
        expect(read.generated.names).toEqual(generated.names)
        expect(read.generated.cells).toEqual(generated.cells)
      }),
      { numRuns: 150 }
    )
  })
  it('a matrix of numbers', async () => {
    const cells = [
      [1.5, null, -0, 5e-324, 2 ** 60],
      [1, 2, 3, 4, 5]
    ]
    const generated: Generated = { names: ['a', 'b'], types: ['number', 'number'], cells }
    const read = await readBack(inMemory('t.npy', writeNpy(inSmallChunks(generated))))
    expect(read.generated).toEqual({ ...generated, names: ['column 1', 'column 2'] })
  })
})
