/** The other ten of the twenty recommendations of Electron's security guide
 * (https://www.electronjs.org/docs/latest/tutorial/security), in its order and numbering, each asserted on the running app:
 * what leads out of the page, and into it. What the app does not have (webviews, external links) is asserted to be absent rather
 * than skipped. */
import { expect, test, type Page } from '@playwright/test'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { hostChannels } from '../../core/contract/host.ts'
import { PAGE_URL, launchApp, root, stubOpenDialog, type LaunchedApp } from '../e2e/launch.ts'
import { askAsStranger, attemptNavigations, fetchFromMain, readPreferences, readProjectFile } from './probes.ts'

let launched: LaunchedApp
let page: Page

test.beforeAll(async () => {
  launched = await launchApp()
  page = launched.page
})
test.afterAll(() => launched.close())

test('11. there is no webview that could open windows', async () => {
  expect((await readPreferences(launched.app))['webviewTag']).toBe(false)
  const webview = await page.evaluate(() => {
    const element = document.createElement('webview')
    element.setAttribute('src', 'app://bundle/')
    element.setAttribute('allowpopups', '')
    document.body.append(element)
    const outcome = { knowsItsContents: 'getWebContentsId' in element, showsAnything: element.shadowRoot !== null }
    element.remove()
    return outcome
  })
  expect(webview).toEqual({ knowsItsContents: false, showsAnything: false })
})

test('12. a webview that came about all the same is not attached', async () => {
  const outcome = await launched.app.evaluate(({ BrowserWindow, webContents }) => {
    let refused = false
    const event = { preventDefault: () => (refused = true) }
    BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event, {}, {})
    return { refused, webviews: webContents.getAllWebContents().filter((one) => one.getType() === 'webview').length }
  })
  expect(outcome).toEqual({ refused: true, webviews: 0 })
})

test('13. the page cannot navigate', async () => {
  const attempts = ['https://example.com/', 'app://bundle/other.html', 'app://elsewhere/']
  const { reached, prevented } = await attemptNavigations(launched, [
    ...attempts,
    'file:///etc/hostname',
    'data:text/html,elsewhere'
  ])
  expect(prevented).toEqual(expect.arrayContaining(attempts))
  expect(reached).toEqual([])
  expect(page.url()).toBe(PAGE_URL)
})

test('14. the page cannot open windows', async () => {
  const opened = await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: 'app://bundle/', target: '_blank' })
    document.body.append(link)
    link.click()
    link.remove()
    return ['https://example.com/', 'app://bundle/', 'about:blank', ''].map((address) => window.open(address))
  })
  expect(opened).toEqual([null, null, null, null])
  expect(await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('15. nothing is handed to other programs', async () => {
  await launched.app.evaluate(({ shell }) => {
    const opened: string[] = []
    shell.openExternal = (address) => Promise.resolve(void opened.push(address))
    Object.assign(globalThis, { openedOutside: opened })
  })
  await attemptNavigations(launched, ['mailto:someone@example.com', 'eigendesk-unknown:thing'])
  const opened = await launched.app.evaluate(() => (globalThis as { openedOutside?: string[] }).openedOutside)
  expect(opened).toEqual([])
  const sources = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts')
  )
  expect(sources.length).toBeGreaterThan(0)
  for (const path of sources)
    expect(readProjectFile(join('electron', path)), path).not.toMatch(/\bshell\b|openExternal/)
})

test('16. a supported Electron is pinned, and no other is packaged', async () => {
  const { devDependencies } = JSON.parse(readProjectFile('package.json')) as { devDependencies: Record<string, string> }
  const pinned = devDependencies['electron'] ?? ''
  expect(pinned).toMatch(/^\d+\.\d+\.\d+$/)
  // 45 was the newest major when this was written; an older one must not come back.
  expect(Number(pinned.split('.')[0])).toBeGreaterThanOrEqual(45)
  expect(readProjectFile('electron-builder.yml')).not.toMatch(/electronVersion|electronDist|electronDownload/)
  // Tests may run on the oldest Electron the build targets (electron.vite.config.ts).
  const running = await launched.app.evaluate(() => process.versions['electron'] ?? '')
  expect(Number(running.split('.')[0])).toBeGreaterThanOrEqual(42)
})

test('17. only the main frame of our own window is answered, and only in the form of the contract', async () => {
  const answers = await askAsStranger(launched.app)
  expect(answers).toHaveLength(10)
  for (const answer of answers) expect(answer).toContain('Only the page of the app may ask this.')

  // The page holds one port; a frame inside it, or another origin in its place, is not given a second one.
  const ports = await page.evaluateHandle(() => {
    const seen = { count: 0 }
    window.addEventListener('message', ({ ports }) => (seen.count += ports.length))
    return seen
  })
  await launched.app.evaluate(({ BrowserWindow, ipcMain }, channel) => {
    const sender = BrowserWindow.getAllWindows()[0]?.webContents
    ipcMain.emit(channel, { sender, senderFrame: { parent: {}, origin: 'app://bundle' } })
    ipcMain.emit(channel, { sender, senderFrame: { parent: null, origin: 'https://example.com' } })
    ipcMain.emit(channel, { sender, senderFrame: null })
  }, hostChannels.connect)
  await page.evaluate(() => window.host.setTitle('Eigendesk'))
  expect(await ports.evaluate(({ count }) => count)).toBe(0)

  const malformed = await page.evaluate(async () => {
    const host = window.host as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>
    const calls: [string, unknown[]][] = [
      ['saveFile', ['name']],
      ['saveFile', ['name', [{ name: 'CSV', extensions: ['../csv'] }]]],
      ['printPdf', ['<p>x</p>', { width: 0, height: 3 }]],
      ['copyPicture', ['text']],
      ['setTheme', ['pink']],
      ['setTitle', [{}]]
    ]
    return Promise.all(
      calls.map(([name, given]) =>
        host[name]!(...given).then(
          () => `${name} answered`,
          (error: unknown) => (error as Error).message
        )
      )
    )
  })
  for (const answer of malformed) expect(answer).toContain('The call does not match the contract.')
})

test('18. the page comes from app://, which serves the built page and nothing beside it', async () => {
  expect(await fetchFromMain(launched.app, PAGE_URL)).toMatchObject({ status: 200 })
  const outside = [
    'app://bundle/../package.json',
    'app://bundle/%2e%2e/package.json',
    'app://bundle/..%2f..%2fpackage.json',
    'app://bundle/..%2fmain%2findex.js',
    'app://bundle/%2e%2e%2fpreload%2findex.cjs',
    'app://bundle/..%5c..%5cpackage.json',
    'app://bundle/%2fetc%2fhostname',
    'app://bundle/C:%5cWindows%5cwin.ini',
    'app://bundle/index.html%00.js',
    'app://bundle/%E0%A4%A',
    'app://bundle/assets'
  ]
  for (const address of outside) {
    const answer = await fetchFromMain(launched.app, address)
    expect(answer, address).toMatchObject({ status: 404, length: 0 })
  }
  for (const method of ['POST', 'PUT', 'DELETE']) {
    expect(await fetchFromMain(launched.app, PAGE_URL, method), method).toMatchObject({ status: 405, length: 0 })
  }
  for (const address of ['app://elsewhere/index.html', 'file:///etc/hostname']) {
    expect(await fetchFromMain(launched.app, address), address).toMatchObject({ refused: true })
  }
  const fromPage = await page.evaluate(() =>
    fetch('file:///etc/hostname').then(
      () => 'answered',
      () => 'refused'
    )
  )
  expect(fromPage).toBe('refused')
})

test('19. the fuses of the packaged app are set', () => {
  const block = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(readProjectFile('electron-builder.yml'))?.[1] ?? ''
  const fuses = Object.fromEntries(
    [...block.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name, value]): [string, boolean] => [
      name!,
      value === 'true'
    ])
  )
  expect(fuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false
  })
  expect(readProjectFile('electron-builder.yml')).toMatch(/^asar: true$/m)
})

test('20. the bridge is the contract and no more: no Electron object, no path of a file', async () => {
  const bridge = await page.evaluate(() =>
    Object.fromEntries(Object.entries(window.host).map(([name, value]) => [name, typeof value]))
  )
  expect(bridge).toEqual({
    connect: 'function',
    openFile: 'function',
    openFiles: 'function',
    pasteTable: 'function',
    pasteClipboard: 'function',
    grantDropped: 'function',
    saveFile: 'function',
    openModel: 'function',
    printPdf: 'function',
    copyPicture: 'function',
    setTheme: 'function',
    setTitle: 'function',
    newWindow: 'function',
    setRecents: 'function',
    onEvent: 'function',
    platform: 'string'
  })

  const path = join(root, 'package.json')
  await stubOpenDialog(launched.app, path)
  const opened = await page.evaluate(() => window.host.openFile())
  expect(opened).toEqual({ token: expect.stringMatching(/^[0-9a-f-]{36}$/), name: basename(path), kind: 'table' })
  expect(await page.evaluate(() => window.host.grantDropped(new File(['a,b'], '/etc/hostname')))).toBe(null)

  // A listener is told the event alone: the IPC event beside it would lead back to ipcRenderer.
  const heard = await page.evaluateHandle(() => {
    const counts: number[] = []
    window.host.onEvent((...given) => counts.push(given.length))
    return counts
  })
  await launched.app.evaluate(({ BrowserWindow }, channel) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send(channel, { event: 'command', id: 'no-such-command' })
  }, hostChannels.event)
  await expect.poll(() => heard.evaluate((counts) => [...counts])).toEqual([1])
})

test('beyond the list: the app is offline by construction', async () => {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*').end('reached')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    expect(await fetchFromMain(launched.app, `${address}/main`)).toMatchObject({ refused: true })
    const answers = await page.evaluate(async (address) => {
      const socket = new Promise<string>((done) => {
        try {
          const opening = new WebSocket(address.replace('http', 'ws'))
          opening.onopen = () => done('answered')
          opening.onerror = () => done('refused')
        } catch {
          done('refused')
        }
      })
      const picture = new Promise<string>((done) => {
        const image = Object.assign(new Image(), { onload: () => done('answered'), onerror: () => done('refused') })
        image.src = `${address}/image`
      })
      const data = fetch(`${address}/fetch`).then(
        () => 'answered',
        () => 'refused'
      )
      navigator.sendBeacon(`${address}/beacon`, 'x')
      return Promise.all([socket, picture, data])
    }, address)
    expect(answers).toEqual(['refused', 'refused', 'refused'])
    expect(requests).toEqual([])
  } finally {
    server.close()
  }
})
