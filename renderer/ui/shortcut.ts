const onMac = (): boolean => globalThis.window?.host?.platform === 'darwin'

/** A shortcut as this system writes it: "Ctrl K" stays, or becomes "⌘ K" on a Mac. */
export function shortcutText(shortcut: string): string {
  return onMac() ? shortcut.replace('Ctrl', '⌘') : shortcut
}

/** A shortcut for aria-keyshortcuts: "Control+K", "Meta+K" on a Mac. */
export function shortcutKeys(shortcut: string): string {
  return shortcut.replace('Ctrl', onMac() ? 'Meta' : 'Control').replaceAll(' ', '+')
}

/** True where the key event is the shortcut ("Ctrl Shift I", "F6", "?"). Shift is free for signs that need it. */
export function matchesShortcut(event: KeyboardEvent, shortcut: string): boolean {
  const parts = shortcut.split(' ')
  const key = parts.at(-1)!
  const control = onMac() ? event.metaKey : event.ctrlKey
  if (control !== parts.includes('Ctrl') || event.altKey) return false
  if (key !== '?' && event.shiftKey !== parts.includes('Shift')) return false
  return event.key.toLowerCase() === key.toLowerCase()
}
