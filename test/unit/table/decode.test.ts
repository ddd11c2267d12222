import { describe, expect, it } from 'vitest'
import { detectBinary, detectMarkup, detectNewline, TextStream } from '../../../core/table/decode.ts'
import { toBytes, utf16 } from './build.ts'

describe('TextStream', () => {
  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('puts %s together again however it is cut', (encoding) => {
    const text = '\uFEFFnaïve,日本,🦉\n'
    const bytes = encoding === 'utf-8' ? toBytes(text) : utf16(text, encoding === 'utf-16le')
    for (let cut = 0; cut <= bytes.length; cut++) {
      const stream = new TextStream(encoding)
      const read = stream.push(bytes.subarray(0, cut)) + stream.push(bytes.subarray(cut)) + stream.finish()
      expect(read).toBe(text.slice(1))
    }
  })
  it('reads the euro sign and the curly apostrophe of windows-1252', () => {
    // code page 1252: 0x80 U+20AC, 0x92 U+2019, 0xE9 U+00E9
    expect(new TextStream('windows-1252').push(Uint8Array.of(0x80, 0x92, 0xe9))).toBe('€’é')
  })
})

describe('detectBinary', () => {
  it.each([
    [[0x50, 0x4b, 3, 4, 20, 0], 'ZIP'],
    [[...toBytes('SQLite format 3\0')], 'SQLite'],
    [[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], 'PNG'],
    [[...toBytes('%PDF-1.7\n')], 'PDF'],
    [[0x1f, 0x8b, 8, 0], 'gzip'],
    [[0xd0, 0xcf, 0x11, 0xe0, 0xa1], 'Office'],
    [[...toBytes('PAR1'), 0, 1], 'Parquet']
  ])('names what it is: %j', (bytes, name) => {
    expect(detectBinary(Uint8Array.from(bytes), 'utf-8')).toContain(name)
  })
  it('knows a spreadsheet inside a ZIP', () => {
    expect(detectBinary(toBytes('PK\u0003\u0004…[Content_Types].xml'), 'utf-8')).toContain('Excel workbook')
  })
  it('refuses zeros among other control bytes, and a file of zeros', () => {
    expect(detectBinary(Uint8Array.of(1, 0, 2, 65, 66, 0), 'utf-8')).toContain('binary data (2 zero bytes')
    expect(detectBinary(new Uint8Array(100), 'utf-8')).toContain('binary')
  })
  it('lets text through: one stray zero, UTF-16, names that begin like a mark', () => {
    expect(detectBinary(toBytes('a,b\n1,2\n3,\0 4\n5,6\n7,8\n'), 'utf-8')).toBeNull()
    expect(detectBinary(utf16('a,b\n1,2\n', true), 'utf-16le')).toBeNull()
    expect(detectBinary(toBytes('PAR1,PAR2\n1,2\n'), 'utf-8')).toBeNull()
  })
})

describe('detectMarkup', () => {
  it.each([
    ['\n<!DOCTYPE html><p>', 'HTML'],
    ['<html lang="en">', 'HTML'],
    ['<?xml version="1.0"?>', 'XML'],
    ['[ {"a": 1, "b": 2} ]', 'JSON'],
    ['{"a": 1}', 'JSON']
  ])('%j', (text, name) => {
    expect(detectMarkup(text)).toContain(name)
  })
  it.each(['[x],[y]\n1,2\n', '<5,>5\n1,2\n', '{a},b\n1,2\n'])('not %j', (text) => {
    expect(detectMarkup(text)).toBeNull()
  })
})

describe('detectNewline', () => {
  it.each([
    ['a\nb\n', '\n'],
    ['a\r\nb\r\n', '\r\n'],
    ['a\rb\r', '\r'],
    ['a\r\nb\nc\r', 'mixed'],
    ['one line', '\n'],
    // line ends inside quoted fields are text
    ['a,"x\ny"\r\nb,"z"\r\n', '\r\n'],
    ['a,"x\r\ny"\nb,"z"\n', '\n']
  ])('%j', (text, newline) => {
    expect(detectNewline(text).value).toBe(newline)
  })
  it('counts each kind of a mixture', () => {
    expect(detectNewline('a\r\nb\r\nc\n').evidence).toEqual({ text: '2 CRLF, 1 LF', certainty: 'unsure' })
  })
  it('is not led astray by one quote that is never closed', () => {
    expect(detectNewline(`5" pipe\n${'x\n'.repeat(20)}`).value).toBe('\n')
  })
})
