/** The parts of the window F6 goes through, in tab order; each carries data-region. */
const ROVING = ':is([role=treeitem], [role=tab])[tabindex="0"]'
const FOCUSABLE =
  'button:not(:disabled):not([tabindex="-1"]), a[href], input:not(:disabled), select:not(:disabled), [tabindex="0"]'

const inSight = (element: HTMLElement): boolean => element.offsetParent !== null

/** Moves the focus to the next (or previous) region of the window. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(inSight)
  if (regions.length === 0) return
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const next =
    regions[(at === -1 ? (step === 1 ? 0 : regions.length - 1) : at + step + regions.length) % regions.length]!
  // Where the person was in a tree or tab bar says more than the first button before it.
  const target =
    next.querySelector<HTMLElement>(ROVING) ?? [...next.querySelectorAll<HTMLElement>(FOCUSABLE)].find(inSight) ?? next
  target.focus()
}
