import { clipboard, ipcMain, nativeTheme, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { hostChannels, PASTE_LIMIT, type OpenedFile, type RecentEntry } from '../../core/contract/host.ts'
import { copyPicture } from './copy-picture.ts'
import { isSessionFile } from './files.ts'
import { isFolder, openFolder } from './folder.ts'
import type { PageAddress } from './page-address.ts'
import { printPdf } from './print.ts'
import { keepPasted } from './pasted.ts'
import { isTrustedSender } from './security.ts'
import type { SessionWindow } from './session-window.ts'
import type { Windows } from './windows.ts'

const fileFilterSchema = z.object({
  name: z.string().min(1).max(100),
  extensions: z.array(z.string().regex(/^(\*|[a-z0-9]+)$/i)).min(1)
})
const noParameters = z.tuple([])
/** Characters of a table that is pasted: what the clipboard holds without a pause. */
const pasteTableSchema = z.tuple([z.string().min(1).max(PASTE_LIMIT)])
const grantDroppedSchema = z.tuple([z.string().min(1).refine(isAbsolute)])
const saveFileSchema = z.tuple([z.string().max(255), z.array(fileFilterSchema).max(20)])
/** A report with its pictures is a few MB. */
const PRINT_LIMIT = 200_000_000
const inches = z.number().min(0.5).max(100)
const printPdfSchema = z.tuple([
  z.string().min(1).max(PRINT_LIMIT),
  z.object({ width: inches, height: inches }).nullable()
])
const copyPictureSchema = z.tuple([z.instanceof<typeof Uint8Array<ArrayBuffer>>(Uint8Array)])
const setThemeSchema = z.tuple([z.enum(['system', 'light', 'dark'])])
const setRecentsSchema = z.tuple([
  z.array(z.object({ id: z.string().max(100), name: z.string().max(255), folder: z.string().max(4096) })).max(20)
])
const setTitleSchema = z.tuple([z.string().max(500)])

export interface HostCallOptions {
  page: PageAddress
  windows: Windows
  setRecents: (recents: RecentEntry[]) => void
}

/** Answers what the pages ask through the bridge, each for its own window. A stranger, or a call of another shape, is
 * refused. */
export function answerHostCalls({ page, windows, setRecents }: HostCallOptions): void {
  const trusted = (event: IpcMainEvent | IpcMainInvokeEvent): SessionWindow | undefined => {
    const own = windows.of(event.sender)
    return own && isTrustedSender(event, own.window.webContents, page) ? own : undefined
  }

  function answer<A extends unknown[], R>(
    channel: string,
    parameters: z.ZodType<A>,
    handler: (own: SessionWindow, ...given: A) => R | Promise<R>
  ): void {
    ipcMain.handle(channel, (event, ...given) => {
      const own = trusted(event)
      if (!own) throw new Error('Only the page of the app may ask this.')
      const parsed = parameters.safeParse(given)
      if (!parsed.success) throw new Error('The call does not match the contract.')
      return handler(own, ...parsed.data)
    })
  }

  /** A session that is open in another window is shown there, and not opened here. */
  const grantUnlessShown = (own: SessionWindow, path: string): OpenedFile | null =>
    isSessionFile(path) && windows.showSession(path, own) ? null : own.files.add(path, 'read')

  ipcMain.on(hostChannels.connect, (event) => trusted(event)?.link.connect())
  answer(hostChannels.openFile, noParameters, async (own) => {
    const path = await own.dialogs.chooseOpen()
    return path === undefined ? null : grantUnlessShown(own, path)
  })
  answer(hostChannels.openFiles, noParameters, async (own) => {
    const paths = await own.dialogs.chooseSeveral()
    return paths.flatMap((path) => grantUnlessShown(own, path) ?? [])
  })
  answer(hostChannels.grantDropped, grantDroppedSchema, (own, path) =>
    isFolder(path) ? openFolder(path, own.files) : grantUnlessShown(own, path)
  )
  answer(hostChannels.pasteTable, pasteTableSchema, (own, text) => own.files.add(keepPasted(text), 'read'))
  answer(hostChannels.pasteClipboard, noParameters, async (own) => {
    const text = await clipboard.readText()
    if (text.trim() === '') return 'empty'
    return text.length > PASTE_LIMIT ? 'too-large' : own.files.add(keepPasted(text), 'read')
  })
  answer(hostChannels.saveFile, saveFileSchema, async (own, suggestedName, filters) => {
    const path = await own.dialogs.chooseSave(suggestedName, filters)
    return path === undefined ? null : own.files.add(path, 'write')
  })
  answer(hostChannels.openModel, noParameters, async (own) => {
    const path = await own.dialogs.chooseModel()
    return path === undefined ? null : own.files.add(path, 'read')
  })
  answer(hostChannels.printPdf, printPdfSchema, (_own, html, size) => printPdf(html, size))
  answer(hostChannels.copyPicture, copyPictureSchema, (_own, png) => copyPicture(png))
  answer(hostChannels.setTheme, setThemeSchema, (own, theme) => {
    nativeTheme.themeSource = theme
    windows.tellOthers(own, { event: 'theme-chosen', theme })
  })
  answer(hostChannels.setTitle, setTitleSchema, ({ window }, title) => window.setTitle(title))
  answer(hostChannels.newWindow, noParameters, () => void windows.open('new'))
  answer(hostChannels.setRecents, setRecentsSchema, (_own, recents) => setRecents(recents))
}
