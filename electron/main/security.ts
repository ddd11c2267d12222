import type { IpcMainEvent, IpcMainInvokeEvent, Session, WebContents } from 'electron'
import { isRequestAllowed, type PageAddress } from './page-address.ts'

/** Denies every permission and every request that would leave the app.
 * Spell checking is off because Chromium fetches its dictionaries from the network. */
export function lockSession(session: Session, page: PageAddress): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isRequestAllowed(url, page) }))
  session.on('will-download', (event) => event.preventDefault())
}

/** Holds any page where it is: no navigation, no frame, no window, no webview. */
export function lockContents(contents: WebContents, page: PageAddress): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // The development server reloads its own page; a built page never navigates.
  const isReload = (url: string): boolean => page.development && url === contents.getURL()
  contents.on('will-navigate', (event) => {
    if (!isReload(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  // WebRTC opens sockets that no request filter sees.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

/** Whether a message comes from the page itself: the main frame of our window, at our address. */
export function isTrustedSender(
  event: IpcMainEvent | IpcMainInvokeEvent,
  contents: WebContents,
  page: PageAddress
): boolean {
  const frame = event.senderFrame
  return event.sender === contents && frame !== null && frame.parent === null && frame.origin === page.origin
}
