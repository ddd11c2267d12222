import { describe, expect, it } from 'vitest'
import { isRequestAllowed, pageAddress } from '../../../electron/main/page-address.ts'

const built = pageAddress(undefined)
const served = pageAddress('http://localhost:5173/')

describe('requests of the page', () => {
  it.each(['app://bundle/', 'app://bundle/assets/a.js', 'blob:app://bundle/1', 'data:image/png;base64,AA=='])(
    'reach what is the app’s own: %s',
    (url) => {
      expect(isRequestAllowed(url, built)).toBe(true)
      expect(isRequestAllowed(url, served)).toBe(true)
    }
  )

  it.each([
    'app://elsewhere/',
    'file:///etc/hostname',
    'http://localhost:5173/',
    'https://example.com/',
    'ws://localhost:5173/',
    'devtools://devtools/bundled/inspector.html',
    'chrome-extension://a/b.js'
  ])('reach nothing else in a built app: %s', (url) => {
    expect(isRequestAllowed(url, built)).toBe(false)
  })

  it('reach the development server, and only that one, during development', () => {
    expect(isRequestAllowed('http://localhost:5173/@vite/client', served)).toBe(true)
    expect(isRequestAllowed('ws://localhost:5173/', served)).toBe(true)
    expect(isRequestAllowed('http://localhost:9999/', served)).toBe(false)
    expect(isRequestAllowed('https://example.com/', served)).toBe(false)
  })
})
