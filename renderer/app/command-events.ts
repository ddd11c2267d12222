/** Commands that a view answers itself (export what is shown): the shell says them, the view in sight listens. */
export type ViewCommand = 'export' | 'find' | 'fewer-components' | 'more-components'

const listeners = new Map<ViewCommand, Set<() => void>>()

/** Calls the listener whenever the command is given. Returns a function that stops it; use it as an effect:
 * $effect(() => onViewCommand('export', openExportMenu)) */
export function onViewCommand(command: ViewCommand, listener: () => void): () => void {
  const set = listeners.get(command) ?? new Set()
  listeners.set(command, set.add(listener))
  return () => set.delete(listener)
}

export function giveViewCommand(command: ViewCommand): void {
  for (const listener of listeners.get(command) ?? []) listener()
}
