import { describe, expect, it } from 'vitest'
import { commaDialect } from '../../../core/contract/table.ts'
import { LaneSlots, newLaneMemory } from '../../../core/engine/lane-slots.ts'
import { TableMemory } from '../../../core/table/kernels/table-memory.ts'

const plan = { dialect: commaDialect, nFields: 2, wanted: [0, 1], words: [] }

/** Memory that two threads read a file in, as the leader sees it. */
function begin() {
  const room = new TableMemory(64 * 2 ** 20)
  const memory = newLaneMemory(plan, 2, room)
  return { room, memory, leader: new LaneSlots(memory, 0) }
}

describe('the slots of a lane', () => {
  it('are read by any thread, and taken with what was read', () => {
    const { memory, leader } = begin()
    const bytes = new TextEncoder().encode('1,2.5\n-3,4\n')
    leader.slot(0).bytes.set(bytes)
    leader.post(0, bytes.length)
    expect(leader.take(0)).toBeNull()
    expect(new LaneSlots(memory, 1).work()).toBe(true)
    const { values, capacity, rows, end } = leader.take(0)!
    expect([rows, end]).toEqual([2, bytes.length])
    expect([values[0], values[1], values[capacity], values[capacity + 1]]).toEqual([1, -3, 2.5, 4])
  })
  it('are left as they are by a thread that comes when all is over: another file may be read there by then', () => {
    const { room, memory, leader } = begin()
    leader.post(0, 0)
    expect(leader.end()).toBe(true)
    const all = new Uint8Array(room.buffer)
    const [from, to] = [memory.slots[0]!, memory.readers[1]! + 4096]
    all.fill(7, from, to)
    const late = new LaneSlots(memory, 1)
    expect([late.work(), late.waitForWork()]).toEqual([false, false])
    expect(all.subarray(from, to).every((byte) => byte === 7)).toBe(true)
  })
})
