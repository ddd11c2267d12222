import type { Watch } from './watch.ts'

/** Multiplications between two looks at whether the person asked to stop: a few milliseconds of sums, some tens where
 * memory is visited at random. */
const WORK_BETWEEN_CHECKPOINTS = 2e6

/** Told how much was just done; calls the checkpoint once enough has gathered, so that inner loops may call it freely. */
export type Pace = (multiplications: number) => void

/** @param checkpoint throws CANCELLED when the person asked to stop */
export function makePace(checkpoint: () => void): Pace {
  let done = 0
  return (multiplications) => {
    done += multiplications
    if (done < WORK_BETWEEN_CHECKPOINTS) return
    done = 0
    checkpoint()
  }
}

/** For a routine that looks at the stop button by itself, every some tens of milliseconds at most. */
export const watchOf = (pace: Pace): Watch => ({
  checkpoint: () => pace(WORK_BETWEEN_CHECKPOINTS),
  progress: () => undefined
})
