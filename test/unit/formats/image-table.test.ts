import { encode as encodePng } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { imageColumnNames, imageShapeOf } from '../../../core/contract/image.ts'
import { toErrorData } from '../../../core/contract/errors.ts'
import { imageTable, MOST_PIXELS_ACROSS } from '../../../core/formats/image-table.ts'
import type { RandomAccess } from '../../../core/formats/typed-table.ts'
import { imageFiles, imageValues } from './image-files.ts'

const access = (bytes: Uint8Array): RandomAccess => ({
  name: 'picture',
  bytes: bytes.length,
  read: (from, to) => new Uint8Array(bytes.slice(from, to))
})
const made = (name: keyof typeof imageFiles): RandomAccess => access(Buffer.from(imageFiles[name], 'base64'))

async function readAll(file: RandomAccess): Promise<{ names: string[]; rows: number[][] }> {
  const table = imageTable(file)
  const columns = await Promise.all(table.columns.map((_, column) => table.values(column, 0, table.nRows)))
  return {
    names: table.columns.map(({ name }) => name),
    rows: Array.from({ length: table.nRows }, (_, row) => columns.map((column) => Number(column[row])))
  }
}

describe('a PNG', () => {
  test('of one bit a pixel is grey', async () => {
    const { names, rows } = await readAll(made('bits'))
    expect(names).toEqual(['grey 1', 'grey 2', 'grey 3', 'grey 4', 'grey 5'])
    expect(rows).toEqual([
      [0, 255, 255, 0, 255],
      [255, 0, 0, 0, 255]
    ])
  })
  test('with a palette has three channels, one after the other', async () => {
    const { names, rows } = await readAll(made('palette'))
    expect(names).toEqual(imageColumnNames(3, 3))
    expect(rows).toEqual([
      [255, 0, 0, 0, 255, 0, 0, 0, 255],
      [9, 255, 0, 99, 255, 0, 199, 255, 0]
    ])
  })
  test('of sixteen bits is scaled to 255', async () => {
    const { rows } = await readAll(made('sixteen'))
    expect(rows).toEqual([
      [0, 255],
      [(32768 / 65535) * 255, 1]
    ])
  })
  test('that is transparent lies on white', async () => {
    const { rows } = await readAll(made('transparent'))
    expect(rows).toEqual([[200, 255, 0, 255, 0, 255]])
  })
  test('in colour with equal channels is grey', async () => {
    const bytes = encodePng({ width: 2, height: 1, channels: 3, data: Uint8Array.of(7, 7, 7, 9, 9, 9) })
    expect(await readAll(access(bytes))).toEqual({ names: ['grey 1', 'grey 2'], rows: [[7, 9]] })
  })
  test('larger than what is shown is averaged over squares, the last ones of what is left', async () => {
    const width = MOST_PIXELS_ACROSS + 1
    const data = Uint8Array.from({ length: width }, (_, x) => (x === width - 1 ? 50 : x % 2 === 0 ? 10 : 20))
    const { names, rows } = await readAll(access(encodePng({ width, height: 1, channels: 1, data })))
    expect(names).toHaveLength(Math.ceil(width / 2))
    expect([rows[0]![0], rows[0]!.at(-1)]).toEqual([15, 50])
  })
  test('that says it is huge is refused before it is unpacked', () => {
    const bytes = Buffer.from(imageFiles.bits, 'base64')
    bytes.writeUInt32BE(100_000, 16)
    bytes.writeUInt32BE(100_000, 20)
    expect(codeOf(() => imageTable(access(bytes)))).toBe('IMAGE_TOO_LARGE')
  })
})

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (thrown) {
    return toErrorData(thrown).code
  }
}

describe('a JPEG', () => {
  // Decoders may round differently: by one or two of 255.
  test('that is grey has one channel', async () => {
    const { names, rows } = await readAll(made('greyJpeg'))
    expect(names).toEqual(imageColumnNames(16, 1))
    const off = rows.flatMap((row, y) => row.map((value, x) => Math.abs(value - imageValues.greyJpeg[y]![x]!)))
    expect(Math.max(...off)).toBeLessThanOrEqual(2)
  })
  test('in colour is what Pillow reads', async () => {
    const { names, rows } = await readAll(made('colourJpeg'))
    expect(names).toEqual(imageColumnNames(16, 3))
    const off = rows.flatMap((row, y) =>
      row.map((value, at) => Math.abs(value - imageValues.colourJpeg[y]![at % 16]![Math.floor(at / 16)]!))
    )
    expect(Math.max(...off)).toBeLessThanOrEqual(4)
  })
})

test('the columns of a picture are known by their names', () => {
  expect(imageShapeOf(imageColumnNames(4, 3))).toEqual({ width: 4, channels: 3 })
  expect(imageShapeOf(imageColumnNames(5, 1))).toEqual({ width: 5, channels: 1 })
  expect(imageShapeOf(imageColumnNames(4, 3).slice(0, 9))).toBeNull()
  expect(imageShapeOf(['grey 1', 'age'])).toBeNull()
  expect(imageShapeOf([])).toBeNull()
})
