import type { IconName } from '../ui/icons.ts'

/** Something a person can have done, by palette, menu or shortcut. label is a verb phrase. */
export interface Command {
  id: string
  group: 'File' | 'Edit' | 'Analyse' | 'View' | 'Export'
  label: string
  /** what the palette says, where it depends on the moment: "Undo: remove iris" */
  labelNow?: () => string
  icon: IconName
  shortcut?: string
  /** a text field that has the focus keeps this shortcut for itself */
  leftToFields?: boolean
  /** the shortcut is the system's own: it comes as an event of its own kind, here a paste */
  keyOfSystem?: boolean
  run: () => void
  enabled: () => boolean
}
