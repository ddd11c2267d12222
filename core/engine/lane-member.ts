import { parentPort } from 'node:worker_threads'
import { LaneSlots, type LaneMemory } from './lane-slots.ts'

/** What a member is told of a file to read. */
export interface LaneOrder {
  memory: LaneMemory
  /** its number */
  thread: number
}

/** A thread that reads blocks of numbers for the compute worker that imports: file after file. */
parentPort!.on('message', ({ memory, thread }: LaneOrder) => {
  const slots = new LaneSlots(memory, thread)
  do while (slots.work());
  while (slots.waitForWork())
})
