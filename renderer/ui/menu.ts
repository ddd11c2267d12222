import type { IconName } from './icons.ts'

/** An entry of a Menu that can be chosen. */
export interface MenuEntry {
  id: string
  label: string
  icon?: IconName
  shortcut?: string
  disabled?: boolean
  /** one of several: drawn with a tick when true */
  checked?: boolean
}

/** What a Menu holds, top to bottom. */
export type MenuItem = MenuEntry | 'separator' | { heading: string }
