import { parentPort } from 'node:worker_threads'
import { LaneReader } from '../table/lane.ts'
import { LaneSlots, type LaneMemory } from './lane-slots.ts'

/** A thread that reads blocks of numbers for the compute worker that imports: file after file. */
parentPort!.on('message', (memory: LaneMemory) => {
  const slots = new LaneSlots(memory)
  const reader = new LaneReader(memory.plan)
  do while (slots.work(({ bytes, rows }, length) => reader.read(bytes, 0, length, rows)));
  while (slots.waitForWork())
})
