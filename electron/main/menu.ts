import { Menu, type MenuItemConstructorOptions } from 'electron'

/** Commands the page runs. It handles their keys too, so the menu only shows the accelerators. */
export type MenuCommand =
  | 'new-session'
  | 'open-file'
  | 'save-as'
  | 'export'
  | 'new-analysis'
  | 'palette'
  | 'toggle-rail'
  | 'toggle-inspector'
  | 'shortcuts'
  | 'theme-system'
  | 'theme-light'
  | 'theme-dark'

export interface MenuOptions {
  development: boolean
  runCommand: (id: MenuCommand) => void
}

/** Sets the application menu. Every entry either is a role of the system or a command of the page. */
export function installMenu({ development, runCommand }: MenuOptions): void {
  const command = (label: string, id: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => runCommand(id),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false })
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const isMac = process.platform === 'darwin'

  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      command('New session', 'new-session'),
      command('Open…', 'open-file', 'CmdOrCtrl+O'),
      separator,
      command('New analysis…', 'new-analysis', 'CmdOrCtrl+N'),
      separator,
      command('Save session as…', 'save-as', 'CmdOrCtrl+Shift+S'),
      command('Export…', 'export', 'CmdOrCtrl+E'),
      separator,
      isMac ? { role: 'close' } : { role: 'quit' }
    ]
  }
  const edit: MenuItemConstructorOptions = {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' }
    ]
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      command('Command palette…', 'palette', 'CmdOrCtrl+K'),
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
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(development ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : [])
    ]
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: '&Help',
    submenu: [command('Keyboard shortcuts', 'shortcuts')]
  }
  const applicationMenu: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : []
  Menu.setApplicationMenu(Menu.buildFromTemplate([...applicationMenu, file, edit, view, help]))
}
