/** Where the page comes from: the app's own scheme, or the development server. Imports nothing of Electron. */
export interface PageAddress {
  url: string
  /** as Chromium spells it; Node's URL says 'null' for the app scheme */
  origin: string
  development: boolean
}

export const APP_SCHEME = 'app'
export const APP_HOST = 'bundle'

/** @param developmentServer address of the development server, undefined in a built app */
export function pageAddress(developmentServer: string | undefined): PageAddress {
  if (developmentServer !== undefined) {
    return { url: developmentServer, origin: new URL(developmentServer).origin, development: true }
  }
  const origin = `${APP_SCHEME}://${APP_HOST}`
  return { url: `${origin}/`, origin, development: false }
}

/** Whether a request may leave the page. Everything that is not the app itself is refused: the app is offline. */
export function isRequestAllowed(url: string, page: PageAddress): boolean {
  const { protocol, host } = new URL(url)
  if (protocol === `${APP_SCHEME}:`) return host === APP_HOST
  // Pictures the page made itself; they hold their own data and reach nothing.
  if (protocol === 'data:' || protocol === 'blob:') return true
  if (protocol === 'devtools:') return page.development
  const isServer = protocol === 'http:' || protocol === 'ws:'
  return page.development && isServer && host === new URL(page.url).host
}
