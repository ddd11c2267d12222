import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chooseChunkRows,
  decodeChunk,
  encodeChunk,
  giveChunk,
  storageKind,
  type ColumnChunk
} from '../../../core/table/chunks.ts'

/** The bytes again, at an odd offset of a larger buffer. */
function misalign(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(bytes.length + 3)
  larger.set(bytes, 3)
  return larger.subarray(3)
}

const roundTrip = (chunk: ColumnChunk): ColumnChunk => decodeChunk(chunk.kind, misalign(encodeChunk(chunk)))

describe('chunks', () => {
  it('gives every double back, NaN and −0 included', () => {
    fc.assert(
      fc.property(fc.float64Array(), (values) => {
        expect(roundTrip({ kind: 'number', values })).toEqual({ kind: 'number', values: Float64Array.from(values) })
      })
    )
    const read = roundTrip({ kind: 'number', values: Float64Array.of(NaN, -0) })
    expect(read.kind === 'number' && Object.is(read.values[1], -0)).toBe(true)
  })
  it('gives codes and texts back, missing included', () => {
    fc.assert(
      fc.property(fc.int32Array(), (codes) => {
        expect(roundTrip({ kind: 'codes', codes })).toEqual({ kind: 'codes', codes })
      })
    )
    fc.assert(
      fc.property(fc.array(fc.option(fc.string({ unit: 'grapheme' }))), (values) => {
        expect(roundTrip({ kind: 'text', values })).toEqual({ kind: 'text', values })
      })
    )
    expect(roundTrip({ kind: 'text', values: ['', null, '\uFEFF🦉'] })).toEqual({
      kind: 'text',
      values: ['', null, '\uFEFF🦉']
    })
  })
  it('is little-endian, texts with their length before them', () => {
    expect([...encodeChunk({ kind: 'codes', codes: Int32Array.of(1, -1) })]).toEqual([1, 0, 0, 0, 255, 255, 255, 255])
    expect([...encodeChunk({ kind: 'text', values: ['é', null] })]).toEqual([
      2, 0, 0, 0, 0xc3, 0xa9, 255, 255, 255, 255
    ])
    expect([...encodeChunk({ kind: 'number', values: Float64Array.of(1) })]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
  })
  it('owns its buffer, so that it can be transferred', () => {
    const values = new Float64Array(8).subarray(2, 5)
    const bytes = encodeChunk({ kind: 'number', values })
    expect(bytes.buffer).not.toBe(values.buffer)
    expect(bytes.byteLength).toBe(bytes.buffer.byteLength)
    expect(encodeChunk({ kind: 'text', values: ['ab'] }).buffer.byteLength).toBe(6)
  })
  it('refuses bytes that end inside a value', () => {
    expect(() => decodeChunk('number', new Uint8Array(9))).toThrow(RangeError)
    expect(() => decodeChunk('codes', new Uint8Array(6))).toThrow(RangeError)
    expect(() => decodeChunk('text', Uint8Array.of(5, 0, 0, 0, 65))).toThrow(RangeError)
    expect(() => decodeChunk('text', Uint8Array.of(5, 0))).toThrow(RangeError)
  })
  it('stores numbers, few words, and texts each in their way', () => {
    expect((['number', 'category', 'boolean', 'text', 'date'] as const).map(storageKind)).toEqual([
      'number',
      'codes',
      'codes',
      'text',
      'text'
    ])
  })
})

describe('chooseChunkRows', () => {
  it.each([
    [8, 65_536],
    [1024, 65_536],
    [1025, 32_768],
    [80_000, 512],
    [10 * 2 ** 20, 4],
    [2 ** 30, 1],
    [0, 65_536]
  ])('%d bytes a row: %d rows, so that one chunk of every column is 64 MiB at most', (bytes, rows) => {
    expect(chooseChunkRows(bytes)).toBe(rows)
  })
})

describe('giveChunk', () => {
  it('gives the bytes encodeChunk gives, without a copy where the memory is the chunk’s alone', () => {
    const values = Float64Array.of(1.5, NaN, -0)
    const given = giveChunk({ kind: 'number', values })
    expect(given.buffer).toBe(values.buffer)
    expect([...given]).toEqual([...encodeChunk({ kind: 'number', values })])
    const part = new Float64Array(4).fill(2).subarray(1, 3)
    const copied = giveChunk({ kind: 'number', values: part })
    expect(copied.buffer).not.toBe(part.buffer)
    expect([...copied]).toEqual([...encodeChunk({ kind: 'number', values: part })])
    const shared = new Int32Array(new SharedArrayBuffer(8))
    expect(giveChunk({ kind: 'codes', codes: shared }).buffer).toBeInstanceOf(ArrayBuffer)
  })
})
