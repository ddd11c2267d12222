/** The first ten of the twenty recommendations of Electron's security guide
 * (https://www.electronjs.org/docs/latest/tutorial/security), in its order and numbering, each asserted on the running app:
 * what the page is, and what it may do. */
import { expect, test, type Page } from '@playwright/test'
import { contentSecurityPolicy } from '../../electron/main/content-security-policy.ts'
import { PAGE_URL, launchApp, type LaunchedApp } from '../e2e/launch.ts'
import { readPreferences, readProjectFile } from './probes.ts'

let launched: LaunchedApp
let page: Page

test.beforeAll(async () => {
  launched = await launchApp()
  page = launched.page
})
test.afterAll(() => launched.close())

test('1. only secure content is loaded, all of it the app’s own', async () => {
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await page.reload()
  expect(page.url()).toBe(PAGE_URL)
  expect(await page.evaluate(() => ({ isSecureContext, crossOriginIsolated }))).toEqual({
    isSecureContext: true,
    crossOriginIsolated: true
  })
  // The page itself and at least its script.
  expect(addresses.length).toBeGreaterThan(1)
  for (const address of addresses) expect(address).toMatch(/^(app:\/\/bundle\/|data:|blob:app:\/\/bundle\/)/)
})

test('2. the page has no Node', async () => {
  const preferences = await readPreferences(launched.app)
  expect(preferences['nodeIntegration']).toBe(false)
  // Electron lists these only where they are on.
  expect(preferences['nodeIntegrationInWorker'] ?? false).toBe(false)
  expect(preferences['nodeIntegrationInSubFrames'] ?? false).toBe(false)
  const names = ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'setImmediate', '__dirname']
  const present = await page.evaluate((names) => names.filter((name) => name in window), names)
  expect(present).toEqual([])
})

test('3. the page and the preload script live in separate worlds', async () => {
  expect((await readPreferences(launched.app))['contextIsolation']).toBe(true)
  const outcome = await page.evaluate(() => {
    const original = window.host
    const attempt = (act: () => void): void => {
      try {
        act()
      } catch {
        // A refusal may throw or be silent; what counts is that nothing changed.
      }
    }
    attempt(() => Object.assign(window, { host: {} }))
    attempt(() => Object.assign(original, { openFile: () => 'replaced' }))
    return { sameBridge: window.host === original, openFile: String(original.openFile) }
  })
  expect(outcome.sameBridge).toBe(true)
  expect(outcome.openFile).not.toContain('replaced')
})

test('4. the page is sandboxed', async () => {
  expect((await readPreferences(launched.app))['sandbox']).toBe(true)
  // The switch that turns the sandbox off comes from the test launcher, and only where root cannot have one.
  const isOff = await launched.app.evaluate(({ app }) => app.commandLine.hasSwitch('no-sandbox'))
  expect(isOff).toBe(process.getuid?.() === 0)
  expect(readProjectFile('electron/main/index.ts')).toContain('app.enableSandbox()')
})

test('5. every permission is denied', async () => {
  const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'persistent-storage']
  const states = await page.evaluate(
    (names) =>
      Promise.all(
        names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state)
      ),
    names
  )
  expect(states).toEqual(names.map(() => 'denied'))
  const refusals = await page.evaluate(async () => {
    const nameOfRefusal = (attempt: Promise<unknown>): Promise<string> =>
      attempt.then(
        () => 'granted',
        (error: unknown) => (error as Error).name
      )
    return {
      notifications: await Notification.requestPermission(),
      media: await nameOfRefusal(navigator.mediaDevices.getUserMedia({ audio: true })),
      clipboard: await nameOfRefusal(navigator.clipboard.readText()),
      location: await new Promise<number>((done) =>
        navigator.geolocation.getCurrentPosition(
          () => done(0),
          ({ code }) => done(code)
        )
      )
    }
  })
  expect(refusals.notifications).toBe('denied')
  expect(refusals.media).not.toBe('granted')
  expect(refusals.clipboard).toBe('NotAllowedError')
  expect(refusals.location, 'GeolocationPositionError.PERMISSION_DENIED').toBe(1)
})

test('6. the same-origin policy is on', async () => {
  expect((await readPreferences(launched.app))['webSecurity']).toBe(true)
  const outcome = await page.evaluate(() =>
    fetch('app://elsewhere/').then(
      () => 'answered',
      () => 'refused'
    )
  )
  expect(outcome).toBe('refused')
})

test('7. a content security policy without eval, inline script or foreign source is in force', async () => {
  const headers = await page.evaluate(async () => Object.fromEntries((await fetch(location.href)).headers))
  expect(headers['content-security-policy']).toBe(contentSecurityPolicy)
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
  expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(contentSecurityPolicy).toContain("default-src 'none'")
  expect(contentSecurityPolicy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/)

  const blocked = await page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective)
    )
    const throwing = (act: () => unknown): string => {
      try {
        act()
        return 'ran'
      } catch (error) {
        return (error as Error).name
      }
    }
    // What the test driver calls may use eval whatever the policy says; what runs in a later task may not.
    await new Promise((done) => setTimeout(done))
    const evaluated = throwing(() => (0, eval)('1'))
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- that it is refused is what is tested
    const compiled = throwing(() => new Function('return 1'))
    const add = <K extends keyof HTMLElementTagNameMap>(tag: K, set: Partial<HTMLElementTagNameMap[K]>): void => {
      const element = Object.assign(document.createElement(tag), set)
      document.body.append(element)
      element.remove()
    }
    add('script', { textContent: 'window.inlineScriptRan = true' })
    add('script', { src: 'https://example.com/script.js' })
    add('img', { src: 'https://example.com/picture.png' })
    add('iframe', { src: 'https://example.com/' })
    add('object', { data: 'https://example.com/thing' })
    // The reports arrive as tasks of their own.
    await new Promise((done) => setTimeout(done, 200))
    return { evaluated, compiled, inlineScriptRan: 'inlineScriptRan' in window, violations: [...new Set(violations)] }
  })
  expect(blocked.evaluated).toBe('EvalError')
  expect(blocked.compiled).toBe('EvalError')
  expect(blocked.inlineScriptRan).toBe(false)
  expect(blocked.violations).toEqual(expect.arrayContaining(['script-src', 'script-src-elem', 'img-src', 'frame-src']))
})

test('8. insecure content may not run', async () => {
  expect((await readPreferences(launched.app))['allowRunningInsecureContent'] ?? false).toBe(false)
})

test('9. no experimental feature of Chromium is on', async () => {
  expect((await readPreferences(launched.app))['experimentalFeatures'] ?? false).toBe(false)
  const isOn = await launched.app.evaluate(({ app }) =>
    app.commandLine.hasSwitch('enable-experimental-web-platform-features')
  )
  expect(isOn).toBe(false)
})

test('10. no feature of Blink is switched on by name', async () => {
  expect((await readPreferences(launched.app))['enableBlinkFeatures'] ?? '').toBe('')
  expect(await launched.app.evaluate(({ app }) => app.commandLine.hasSwitch('enable-blink-features'))).toBe(false)
})
