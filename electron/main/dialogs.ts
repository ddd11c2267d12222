import { app, dialog, type BrowserWindow } from 'electron'
import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { SESSION_EXTENSION, type FileFilter } from '../../core/contract/host.ts'

/** Endings that tables come with; .data, .base and .test are those of the MovieLens sets. */
export const TABLE_EXTENSIONS = [
  'csv',
  'tsv',
  'tab',
  'txt',
  'dat',
  'data',
  'base',
  'test',
  'gz',
  'parquet',
  'npy',
  'npz',
  'png',
  'jpg',
  'jpeg'
]

const openFilters: FileFilter[] = [
  { name: 'Tables and sessions', extensions: [...TABLE_EXTENSIONS, SESSION_EXTENSION] },
  { name: 'Tables', extensions: TABLE_EXTENSIONS },
  { name: 'Sessions', extensions: [SESSION_EXTENSION] },
  { name: 'All files', extensions: ['*'] }
]

export interface FileDialogs {
  /** @returns the chosen path, undefined where the dialog was cancelled */
  chooseOpen: () => Promise<string | undefined>
  /** @returns the chosen paths; none where the dialog was cancelled */
  chooseSeveral: () => Promise<string[]>
  /** @returns the path of a model file, undefined where the dialog was cancelled */
  chooseModel: () => Promise<string | undefined>
  chooseSave: (suggestedName: string, filters: FileFilter[]) => Promise<string | undefined>
}

/** Native dialogs over one window; each opens where the last one ended. */
export function createFileDialogs(window: BrowserWindow): FileDialogs {
  let folder = app.getPath('documents')
  const remember = (path: string): string => {
    folder = dirname(path)
    return path
  }
  return {
    chooseOpen: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open a table or a session',
        defaultPath: folder,
        properties: ['openFile'],
        filters: openFilters
      })
      const [path] = filePaths
      return canceled || path === undefined ? undefined : remember(path)
    },
    chooseSeveral: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open tables or a session',
        defaultPath: folder,
        properties: ['openFile', 'multiSelections'],
        filters: openFilters
      })
      return canceled ? [] : filePaths.map(remember)
    },
    chooseModel: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open a model',
        defaultPath: folder,
        properties: ['openFile'],
        filters: [
          { name: 'Models', extensions: ['json'] },
          { name: 'All files', extensions: ['*'] }
        ]
      })
      const [path] = filePaths
      return canceled || path === undefined ? undefined : remember(path)
    },
    chooseSave: async (suggestedName, filters) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: join(folder, basename(suggestedName)),
        filters
      })
      if (canceled || filePath === '') return undefined
      const path = await withExtension(window, filePath, filters)
      return path === undefined ? undefined : remember(path)
    }
  }
}

/** Some Linux dialogs leave the ending to the app. The dialog asked about the name as typed, so the completed
 * name is asked about again where such a file exists. */
async function withExtension(window: BrowserWindow, path: string, filters: FileFilter[]): Promise<string | undefined> {
  const extension = filters[0]?.extensions[0]
  if (extname(path) !== '' || extension === undefined || extension === '*') return path
  const completed = `${path}.${extension}`
  if (!existsSync(completed)) return completed
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: `${basename(completed)} already exists.`,
    detail: 'Replacing it overwrites what it holds.',
    buttons: ['Replace', 'Cancel'],
    defaultId: 1,
    cancelId: 1
  })
  return response === 0 ? completed : undefined
}
