/** Gives the page a turn: what was done, typed or drawn meanwhile comes first. */
export const giveTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** Gives the page its next picture, and a turn after it: for work that nobody waits for. */
export const giveFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

/** Runs work that pauses by itself, with a turn for the page at every pause.
 * @param isWanted whether somebody still waits for it @returns null where nobody does */
export async function inTurns<T>(
  steps: Generator<undefined, T, undefined>,
  isWanted: () => boolean = () => true
): Promise<T | null> {
  for (;;) {
    if (!isWanted()) return null
    const step = steps.next()
    if (step.done) return step.value
    await giveTurn()
  }
}
