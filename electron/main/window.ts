import { app, BrowserWindow, nativeTheme } from 'electron'
import type { PageAddress } from './page-address.ts'

/** --canvas of the two themes: what is seen before the page has painted. */
const CANVAS = { light: '#f5f6f8', dark: '#14171c' }

export interface WindowOptions {
  page: PageAddress
  preload: string
  icon: string
  /** shown without taking the keyboard */
  behind: boolean
}

/** A window of the app. It appears once its page has painted. */
export function createWindow({ page, preload, icon, behind }: WindowOptions): BrowserWindow {
  const canvas = (): string => (nativeTheme.shouldUseDarkColors ? CANVAS.dark : CANVAS.light)
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: app.getName(),
    icon,
    backgroundColor: canvas(),
    // The page has a title bar of its own; Alt shows the menu.
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: page.development
    }
  })
  const repaint = (): void => window.setBackgroundColor(canvas())
  nativeTheme.on('updated', repaint)
  window.once('closed', () => nativeTheme.off('updated', repaint))
  window.once('ready-to-show', () => (behind ? window.showInactive() : window.show()))
  // The title is what the page sets through the bridge, not what its document is called.
  window.on('page-title-updated', (event) => event.preventDefault())
  return window
}

/** Brings the window before the person: out of the dock, in front, with the keyboard. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
