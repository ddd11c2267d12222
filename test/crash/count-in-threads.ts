/** Loaded before everything else in a process and in each of its threads: in a thread, its file calls are counted. */
import { isMainThread } from 'node:worker_threads'
import { countFileSteps, sharedCounter } from './step-counter.ts'

const counter = isMainThread ? undefined : sharedCounter()
if (counter) countFileSteps(counter)
