import type { ElectronApplication } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAGE_URL, root, type LaunchedApp } from '../e2e/launch.ts'

/** A file of the project, as text. @param path from its root */
export const readProjectFile = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The preferences the window really runs with. The method is Electron's own for its tests; it is not in its types. */
export async function readPreferences(app: ElectronApplication): Promise<Record<string, unknown>> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences: () => Record<string, unknown> | null
    }
    return contents.getLastWebPreferences() ?? {}
  })
}

export interface Navigations {
  /** addresses at which a navigation really ended */
  reached: string[]
  /** addresses of navigations main was asked about and refused */
  prevented: string[]
}

/** Lets the page try to go elsewhere, by script and by link, and reports what became of it. */
export async function attemptNavigations({ app, page }: LaunchedApp, addresses: string[]): Promise<Navigations> {
  await app.evaluate(({ BrowserWindow }) => {
    const navigations: Navigations = { reached: [], prevented: [] }
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.on('will-navigate', (event) => {
      if (event.defaultPrevented) navigations.prevented.push(event.url)
    })
    contents?.on('did-navigate', (_event, url) => navigations.reached.push(url))
    Object.assign(globalThis, { navigations })
  })
  for (const address of addresses) {
    await page.evaluate(async (address) => {
      try {
        location.href = address
      } catch {
        // Some addresses are refused by the page's own process.
      }
      const link = Object.assign(document.createElement('a'), { href: address })
      document.body.append(link)
      link.click()
      link.remove()
      // A navigation begins after the task that asked for it.
      await new Promise((done) => setTimeout(done, 200))
    }, address)
  }
  return app.evaluate(() => (globalThis as unknown as { navigations: Navigations }).navigations)
}

/** Opens a second window with our preload script at our address, and asks everything of main from there. */
export async function askAsStranger(app: ElectronApplication): Promise<string[]> {
  const place = { preload: join(root, 'out', 'preload', 'index.cjs'), address: PAGE_URL }
  return app.evaluate(async ({ BrowserWindow }, { preload, address }) => {
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await stranger.loadURL(address)
    const answers: unknown = await stranger.webContents.executeJavaScript(`Promise.all([
      window.host.openFile(),
      window.host.openFiles(),
      window.host.pasteTable('a,b'),
      window.host.pasteClipboard(),
      window.host.saveFile('x.csv', []),
      window.host.openModel(),
      window.host.printPdf('<p>x</p>', null),
      window.host.copyPicture(new Uint8Array(8)),
      window.host.setTheme('dark'),
      window.host.setTitle('stranger')
    ].map((call) => call.then(() => 'answered', (error) => error.message)))`)
    stranger.destroy()
    return answers as string[]
  }, place)
}

export interface Answer {
  status: number
  length: number
  /** the request never got as far as an answer */
  refused: boolean
}

/** Requests an address from the app's session, where no content security policy of the page stands in between. */
export async function fetchFromMain(app: ElectronApplication, address: string, method = 'GET'): Promise<Answer> {
  return app.evaluate(
    async ({ session }, { address, method }) => {
      try {
        const response = await session.defaultSession.fetch(address, { method })
        return { status: response.status, length: (await response.arrayBuffer()).byteLength, refused: false }
      } catch {
        return { status: 0, length: 0, refused: true }
      }
    },
    { address, method }
  )
}
