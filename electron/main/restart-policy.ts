/** A crash now and then is survived unnoticed; one that repeats at once would loop for ever. */
const MAX_CRASHES = 5
const CRASH_WINDOW_MS = 60_000
const FIRST_DELAY_MS = 100

export interface RestartPolicy {
  /** Counts a crash. @returns how long to wait before starting again, in ms; undefined: give up */
  nextDelay: (now: number) => number | undefined
}

/** At most five crashes a minute, each waited for twice as long as the one before; the first is restarted at once. */
export function createRestartPolicy(): RestartPolicy {
  let crashes: number[] = []
  return {
    nextDelay: (now) => {
      crashes = [...crashes.filter((time) => now - time < CRASH_WINDOW_MS), now]
      if (crashes.length >= MAX_CRASHES) return undefined
      return crashes.length === 1 ? 0 : FIRST_DELAY_MS * 2 ** (crashes.length - 2)
    }
  }
}
