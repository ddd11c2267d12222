import { describe, expect, it } from 'vitest'
import { ChunkSender } from '../../../core/engine/chunk-sender.ts'
import { CONTROL, type ComputeMessage } from '../../../core/engine/compute-protocol.ts'
import { TableMemory } from '../../../core/table/kernels/table-memory.ts'

/** A whole chunk of a column of numbers: half a MiB, so that two fill a parcel. */
const ROWS = 65_536

function begin() {
  const flags = new Int32Array(new SharedArrayBuffer(4 * CONTROL.slots))
  const parcels: Extract<ComputeMessage, { type: 'chunks' }>[] = []
  const outside = {
    flags,
    checkpoint: () => undefined,
    post: (message: ComputeMessage) => void (message.type === 'chunks' && parcels.push(message))
  }
  const sender = new ChunkSender(outside, new TableMemory(16 * 2 ** 20))
  const send = ({ buffer, byteOffset, byteLength }: Float64Array): void =>
    sender.send(0, 0, new Uint8Array(buffer, byteOffset, byteLength))
  /** What the pool does once the oldest parcel is stored. */
  const store = (): void => void Atomics.sub(flags, CONTROL.pending, parcels.shift()!.kib)
  return { sender, send, store, parcels }
}

describe('memory lent for chunks', () => {
  it('is lent again once it is stored, and not before', () => {
    const { sender, send, store } = begin()
    const first = Array.from({ length: 4 }, () => sender.lend(ROWS))
    first.forEach(send)
    const isOneOf = ({ byteOffset }: Float64Array, arrays: Float64Array[]): boolean =>
      arrays.some((array) => array.byteOffset === byteOffset)
    expect(isOneOf(sender.lend(ROWS), first)).toBe(false)
    store()
    const again = [sender.lend(ROWS), sender.lend(ROWS)]
    expect(again.every((array) => isOneOf(array, first.slice(0, 2)))).toBe(true)
    expect(again[0]!.byteOffset).not.toBe(again[1]!.byteOffset)
    // the other two are still with the store
    expect(isOneOf(sender.lend(ROWS), first)).toBe(false)
  })

  it('waits for all of a parcel that is not full', () => {
    const { sender, send, store, parcels } = begin()
    const array = sender.lend(ROWS)
    send(array)
    expect(parcels).toEqual([])
    expect(sender.lend(ROWS).byteOffset).not.toBe(array.byteOffset)
    sender.flush()
    expect(sender.lend(ROWS).byteOffset).not.toBe(array.byteOffset)
    store()
    expect(sender.lend(ROWS).byteOffset).toBe(array.byteOffset)
  })

  it('is none for short chunks, whose own memory is given away', () => {
    const { sender } = begin()
    expect(sender.isLent(sender.lend(ROWS))).toBe(true)
    expect(sender.isLent(sender.lend(100))).toBe(false)
  })
})
