import { describe, expect, it } from 'vitest'
import type { ColumnData } from '../../../core/contract/table.ts'
import { ColumnCache, KEPT_BYTES } from '../../../core/session/column-cache.ts'

type Numbers = Extract<ColumnData, { kind: 'number' }>

/** A column that says it is so large: nothing of it is looked at. */
const column = (bytes: number): Numbers => ({
  kind: 'number',
  name: 'x',
  values: { byteLength: bytes } as unknown as Float64Array
})

describe('columns that are kept', () => {
  it('are read once, until newer ones need their room: those not asked for longest go first', () => {
    const cache = new ColumnCache()
    const reads: string[] = []
    const third = Math.floor(KEPT_BYTES / 3)
    const get = (key: string, bytes = third): Numbers =>
      cache.get(key, () => {
        reads.push(key)
        return column(bytes)
      })
    const first = get('a')
    get('b')
    get('c')
    expect(get('a')).toBe(first)
    get('d')
    get('a')
    get('b')
    expect(reads.join('')).toBe('abcdb')
  })

  it('a column larger than the room is read, and pushes nothing out for long', () => {
    const cache = new ColumnCache()
    let reads = 0
    const large = (): Numbers =>
      cache.get('large', () => {
        reads++
        return column(KEPT_BYTES + 1)
      })
    large()
    large()
    expect(reads).toBe(2)
  })
})
