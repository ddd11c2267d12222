import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { RecentEntry } from '../../core/contract/host.ts'

/** Commands the page runs. It handles their keys too, so the menu only shows the accelerators. */
export type MenuCommand =
  | 'undo'
  | 'redo'
  | 'checkpoints'
  | 'duplicate-session'
  | 'new-session'
  | 'open-file'
  | 'paste-table'
  | 'save-as'
  | 'export'
  | 'new-analysis'
  | 'palette'
  | 'toggle-rail'
  | 'toggle-inspector'
  | 'shortcuts'
  | 'glossary'
  | 'theme-system'
  | 'theme-light'
  | 'theme-dark'
  | `open-recent ${string}`

export interface MenuOptions {
  development: boolean
  newWindow: () => void
  /** windowId: of the window whose menu was used, where the system says so */
  runCommand: (id: MenuCommand, windowId: number | undefined) => void
}

/** Sets the application menu, and sets it again when the recent sessions are known. */
export function installMenu(options: MenuOptions): { setRecents: (recents: RecentEntry[]) => void } {
  const setRecents = (recents: RecentEntry[]): void =>
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options, recents)))
  setRecents([])
  return { setRecents }
}

/** Every entry either is a role of the system or a command of the page; only a new window is main's own. */
function menuTemplate(
  { development, newWindow, runCommand }: MenuOptions,
  recents: RecentEntry[]
): MenuItemConstructorOptions[] {
  const command = (label: string, id: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: (_item, window) => runCommand(id, window?.id),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false })
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const isMac = process.platform === 'darwin'

  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      command('New session', 'new-session'),
      { label: 'New window', click: newWindow, accelerator: 'CmdOrCtrl+Shift+N', registerAccelerator: false },
      command('Open file…', 'open-file', 'CmdOrCtrl+O'),
      command('Paste a table', 'paste-table'),
      {
        label: 'Open recent',
        enabled: recents.length > 0,
        submenu: recents.map(({ id, name, folder }) =>
          command(escapeAmpersands(folder === '' ? name : `${name} — ${folder}`), `open-recent ${id}`)
        )
      },
      separator,
      command('New analysis…', 'new-analysis', 'CmdOrCtrl+N'),
      separator,
      command('Save session as…', 'save-as', 'CmdOrCtrl+Shift+S'),
      command('Duplicate session', 'duplicate-session'),
      command('Save a checkpoint, or revert to one…', 'checkpoints'),
      separator,
      command('Export…', 'export', 'CmdOrCtrl+E'),
      separator,
      isMac ? { role: 'close' } : { role: 'quit' }
    ]
  }
  const edit: MenuItemConstructorOptions = {
    label: '&Edit',
    submenu: [
      command('Undo', 'undo', 'CmdOrCtrl+Z'),
      command('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
      separator,
      { role: 'cut', label: 'Cut' },
      { role: 'copy', label: 'Copy' },
      { role: 'paste', label: 'Paste' },
      { role: 'selectAll', label: 'Select all' }
    ]
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      command('Search or run a command', 'palette', 'CmdOrCtrl+K'),
      separator,
      command('Show or hide the rail', 'toggle-rail', 'CmdOrCtrl+B'),
      command('Show or hide the inspector', 'toggle-inspector', 'CmdOrCtrl+I'),
      separator,
      {
        label: 'Theme',
        submenu: [
          command('As the system', 'theme-system'),
          command('Light', 'theme-light'),
          command('Dark', 'theme-dark')
        ]
      },
      separator,
      { role: 'resetZoom', label: 'Actual size' },
      { role: 'zoomIn', label: 'Zoom in' },
      { role: 'zoomOut', label: 'Zoom out' },
      separator,
      { role: 'togglefullscreen', label: 'Full screen' },
      ...(development ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : [])
    ]
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: '&Help',
    submenu: [command('Glossary', 'glossary'), command('Keyboard shortcuts', 'shortcuts')]
  }
  const applicationMenu: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : []
  return [...applicationMenu, file, edit, view, help]
}

/** In a menu an ampersand marks the letter after it. */
const escapeAmpersands = (label: string): string => label.replaceAll('&', '&&')
