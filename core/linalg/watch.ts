/** How a long routine lets itself be watched and stopped. */
export interface Watch {
  /** may throw; what it throws ends the routine. Called at least every 100 ms of work */
  checkpoint: () => void
  /** fraction of the routine done, 0 … 1 */
  progress: (fraction: number) => void
}

/** For work that is short, or that nobody waits for. */
export const unwatched: Watch = { checkpoint: () => undefined, progress: () => undefined }
