import type { Watch } from '../../../core/linalg/watch.ts'

/** Counts the looks at the stop button and keeps what is told of the progress. */
export function recording(): { watch: Watch; looks: () => number; seen: number[] } {
  const seen: number[] = []
  let looks = 0
  return {
    watch: { checkpoint: () => void looks++, progress: (fraction) => void seen.push(fraction) },
    looks: () => looks,
    seen
  }
}

/** Stops the work at this look, counted from 1, and at none after it. */
export function stoppingAt(look: number, thrown: Error = new Error('stopped')): Watch {
  let left = look
  return {
    checkpoint: () => {
      if (--left === 0) throw thrown
    },
    progress: () => undefined
  }
}
