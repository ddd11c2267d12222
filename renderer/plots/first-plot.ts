/** A plot that cannot be drawn is not waited for longer than this, ms. */
const LONGEST_MS = 1500

let ahead = 0
let waiting: (() => void)[] = []

/** A plot that people wait for is about to be drawn: others wait until what is returned is called, or for a second or so. */
export function goFirst(): () => void {
  ahead++
  let isOver = false
  const end = (): void => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    if (--ahead > 0) return
    const next = waiting
    waiting = []
    // The frame that shows it is made, and on the screen, before anything else is drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => next.forEach((draw) => draw()))))
  }
  const timer = setTimeout(end, LONGEST_MS)
  return end
}

/** Waits for the plots that go first; null where there is none. */
export function afterFirst(): Promise<void> | null {
  return ahead === 0 ? null : new Promise((resolve) => waiting.push(resolve))
}
