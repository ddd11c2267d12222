const onMac = (): boolean => globalThis.window?.host?.platform === 'darwin'

/** A shortcut as this system writes it: "Ctrl K" stays, or becomes "⌘ K" on a Mac. */
export function shortcutText(shortcut: string): string {
  return onMac() ? shortcut.replace('Ctrl', '⌘') : shortcut
}

/** A shortcut for aria-keyshortcuts: "Control+K", "Meta+K" on a Mac. */
export function shortcutKeys(shortcut: string): string {
  return shortcut.replace('Ctrl', onMac() ? 'Meta' : 'Control').replaceAll(' ', '+')
}

/** True where the key event is the shortcut ("Ctrl Shift I", "F6", "?"). For a sign, Shift is free, and so are AltGr (Ctrl and Alt on
 * Windows) and Option: keyboards differ in where they have it. */
export function matchesShortcut(event: KeyboardEvent, shortcut: string): boolean {
  const parts = shortcut.split(' ')
  const key = parts.at(-1)!
  if (/^[^a-z0-9]$/i.test(shortcut)) return event.key === shortcut && writesSign(event)
  const control = onMac() ? event.metaKey : event.ctrlKey
  if (control !== parts.includes('Ctrl') || event.altKey) return false
  if (event.shiftKey !== parts.includes('Shift')) return false
  return event.key.toLowerCase() === key.toLowerCase()
}

/** Whether the keys held down only choose the sign: Ctrl alone makes another key of it. */
const writesSign = ({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean => !metaKey && (!ctrlKey || altKey)
