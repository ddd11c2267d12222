/** The bridge between the page and Electron's main process, declared once: preload exposes it as window.host,
 * main answers it, and nothing else crosses. Data never goes this way; it goes over the engine port. */

export interface OpenedFile {
  token: string
  name: string
  kind: 'session' | 'table'
}

/** A folder that was dropped, and the tables that lie in it. */
export interface OpenedFolder {
  kind: 'folder'
  name: string
  files: OpenedFile[]
}

export interface FileFilter {
  name: string
  extensions: string[]
}

/** Inches. */
export interface PaperSize {
  width: number
  height: number
}

/** A recent session as the menu shows it. */
export interface RecentEntry {
  id: string
  name: string
  /** '' for an untitled one */
  folder: string
}

export type Theme = 'system' | 'light' | 'dark'

/** What main tells the page unasked. */
export type HostEvent =
  | { event: 'engine-stopped' }
  /** a file was opened from outside: an argument, a double click, a second start */
  | { event: 'file-opened'; file: OpenedFile }
  /** a menu entry was chosen; the page runs the command of that id */
  | { event: 'command'; id: string }
  /** the theme was chosen in another window */
  | { event: 'theme-chosen'; theme: Theme }
  | { event: 'failed'; message: string }

export interface Host {
  /** asks main to introduce the engine; the port arrives as a window message {kind: 'engine-port'} */
  connect: () => void
  openFile: () => Promise<OpenedFile | null>
  /** several files at once; none where the dialog was cancelled */
  openFiles: () => Promise<OpenedFile[]>
  /** a dropped file or folder; null where it is not a real one */
  grantDropped: (file: File) => Promise<OpenedFile | OpenedFolder | null>
  /** a table as text, as it was pasted: it becomes a file that is gone when the app ends */
  pasteTable: (text: string) => Promise<OpenedFile | null>
  /** the same with what the clipboard holds, which the page may not read by itself */
  pasteClipboard: () => Promise<OpenedFile | 'empty' | 'too-large'>
  saveFile: (suggestedName: string, filters: FileFilter[]) => Promise<OpenedFile | null>
  /** a model that was carried away before */
  openModel: () => Promise<OpenedFile | null>
  /** prints HTML that asks for nothing outside itself; size null: as its @page says */
  printPdf: (html: string, size: PaperSize | null) => Promise<Uint8Array<ArrayBuffer>>
  /** puts a PNG on the clipboard; false where it is none */
  copyPicture: (png: Uint8Array<ArrayBuffer>) => Promise<boolean>
  /** of all windows */
  setTheme: (theme: Theme) => Promise<void>
  setTitle: (title: string) => Promise<void>
  /** opens a window with a new session */
  newWindow: () => Promise<void>
  /** what the menu offers under Open recent; an entry chosen is the command 'open-recent <id>' */
  setRecents: (recents: RecentEntry[]) => Promise<void>
  onEvent: (listener: (event: HostEvent) => void) => void
  platform: string
}

/** IPC channel names; preload and main use these and no other. */
export const hostChannels = {
  connect: 'host:connect',
  openFile: 'host:open-file',
  openFiles: 'host:open-files',
  pasteTable: 'host:paste-table',
  pasteClipboard: 'host:paste-clipboard',
  grantDropped: 'host:grant-dropped',
  saveFile: 'host:save-file',
  openModel: 'host:open-model',
  printPdf: 'host:print-pdf',
  copyPicture: 'host:copy-picture',
  setTheme: 'host:set-theme',
  setTitle: 'host:set-title',
  newWindow: 'host:new-window',
  setRecents: 'host:set-recents',
  event: 'host:event',
  port: 'host:engine-port'
} as const

/** Characters of a pasted table, at most; each is one to three bytes of the file it becomes. */
export const PASTE_LIMIT = 100_000_000

export const ENGINE_PORT_MESSAGE = 'engine-port'

/** File endings the app opens as a session; everything else is tried as a table. */
export const SESSION_EXTENSION = 'eigendesk'
