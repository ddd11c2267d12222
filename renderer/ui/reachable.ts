import type { Attachment } from 'svelte/attachments'

/** A box that scrolls is a stop of the Tab key, so that the arrows move it; where all of it is in sight it is none.
 * @param name what it holds, said where it is reached */
export function reachable(name: string): Attachment<HTMLElement> {
  return (element) => {
    const update = (): void => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element
      if (scrollWidth > clientWidth || scrollHeight > clientHeight) {
        element.tabIndex = 0
        element.role = 'group'
        element.ariaLabel = name
      } else {
        for (const attribute of ['tabindex', 'role', 'aria-label']) element.removeAttribute(attribute)
      }
    }
    const sizes = new ResizeObserver(update)
    sizes.observe(element)
    const contents = new MutationObserver(update)
    contents.observe(element, { childList: true, subtree: true, characterData: true })
    return () => {
      sizes.disconnect()
      contents.disconnect()
    }
  }
}
