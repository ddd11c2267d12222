/** How a long routine lets itself be watched and stopped. */
export interface Watch {
  /** may throw; what it throws ends the routine. Called at least every 100 ms of work */
  checkpoint: () => void
  /** fraction of the routine done, 0 … 1 */
  progress: (fraction: number) => void
}

/** For work that is short, or that nobody waits for. */
export const unwatched: Watch = { checkpoint: () => undefined, progress: () => undefined }

/** For work inside of a routine, whose progress is not that of the whole. */
export function quiet(watch: Watch): Watch {
  return { checkpoint: watch.checkpoint, progress: () => undefined }
}

/** For a routine that cannot foresee its work: what would be a step back is not reported. */
export function forward(watch: Watch): Watch {
  let furthest = 0
  return {
    checkpoint: watch.checkpoint,
    progress: (fraction) => {
      if (!(fraction > furthest)) return
      furthest = fraction
      watch.progress(fraction)
    }
  }
}

/** Watches a part of a routine, whose beginning and end are fractions of the whole. */
export function partOf(watch: Watch, from: number, to: number): Watch {
  return { checkpoint: watch.checkpoint, progress: (fraction) => watch.progress(from + (to - from) * fraction) }
}
