import { BrowserWindow, session } from 'electron'
import { randomUUID } from 'node:crypto'
import type { PaperSize } from '../../core/contract/host.ts'

const SCHEME = 'print'
const PAGE = `${SCHEME}://page/`

/** What a page that is printed may do: show itself. No script, no file, no network. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"

/** Prints a page of ours, given as HTML, into a PDF: in a window nobody sees, which runs no script, has no bridge, and whose
 * session of its own lets no request out but the one for the page itself.
 * @param size of the paper; null: what the page says of itself (@page) */
export async function printPdf(html: string, size: PaperSize | null): Promise<Uint8Array> {
  const own = session.fromPartition(`print ${randomUUID()}`)
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  own.setPermissionCheckHandler(() => false)
  own.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: url !== PAGE && !url.startsWith('data:') }))
  own.on('will-download', (event) => event.preventDefault())
  own.protocol.handle(SCHEME, () => {
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy }
    return new Response(html, { headers })
  })
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false
    }
  })
  try {
    await window.loadURL(PAGE)
    return await window.webContents.printToPDF({
      printBackground: true,
      ...(size
        ? { pageSize: size, margins: { top: 0, bottom: 0, left: 0, right: 0 } }
        : { preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true })
    })
  } finally {
    window.destroy()
    own.protocol.unhandle(SCHEME)
  }
}
