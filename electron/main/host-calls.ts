import { ipcMain, nativeTheme, type BrowserWindow } from 'electron'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { hostChannels } from '../../core/contract/host.ts'
import type { FileDialogs } from './dialogs.ts'
import type { FileGrants } from './files.ts'
import type { PageAddress } from './page-address.ts'
import type { PageLink } from './page-link.ts'
import { isTrustedSender } from './security.ts'

const fileFilterSchema = z.object({
  name: z.string().min(1).max(100),
  extensions: z.array(z.string().regex(/^(\*|[a-z0-9]+)$/i)).min(1)
})
const openFileSchema = z.tuple([])
const grantDroppedSchema = z.tuple([z.string().min(1).refine(isAbsolute)])
const saveFileSchema = z.tuple([z.string().max(255), z.array(fileFilterSchema).max(20)])
const setThemeSchema = z.tuple([z.enum(['system', 'light', 'dark'])])
const setTitleSchema = z.tuple([z.string().max(500)])

export interface HostCallOptions {
  window: BrowserWindow
  page: PageAddress
  link: PageLink
  files: FileGrants
  dialogs: FileDialogs
}

/** Answers what the page asks through the bridge. A stranger, or a call of another shape, is refused. */
export function answerHostCalls({ window, page, link, files, dialogs }: HostCallOptions): void {
  function answer<A extends unknown[], R>(
    channel: string,
    parameters: z.ZodType<A>,
    handler: (...given: A) => R | Promise<R>
  ): void {
    ipcMain.handle(channel, (event, ...given) => {
      if (!isTrustedSender(event, window.webContents, page)) throw new Error('Only the page of the app may ask this.')
      const parsed = parameters.safeParse(given)
      if (!parsed.success) throw new Error('The call does not match the contract.')
      return handler(...parsed.data)
    })
  }

  ipcMain.on(hostChannels.connect, (event) => {
    if (isTrustedSender(event, window.webContents, page)) link.connect()
  })
  answer(hostChannels.openFile, openFileSchema, async () => {
    const path = await dialogs.chooseOpen()
    return path === undefined ? null : files.add(path, 'read')
  })
  answer(hostChannels.grantDropped, grantDroppedSchema, (path) => files.add(path, 'read'))
  answer(hostChannels.saveFile, saveFileSchema, async (suggestedName, filters) => {
    const path = await dialogs.chooseSave(suggestedName, filters)
    return path === undefined ? null : files.add(path, 'write')
  })
  answer(hostChannels.setTheme, setThemeSchema, (theme) => {
    nativeTheme.themeSource = theme
  })
  answer(hostChannels.setTitle, setTitleSchema, (title) => window.setTitle(title))
}
