import type { BrowserWindow } from 'electron'
import { hostChannels, type HostEvent } from '../../core/contract/host.ts'
import type { EngineProcess } from './engine-process.ts'

export interface PageLink {
  /** Tells the page, at once or as soon as it listens. */
  send: (event: HostEvent) => void
  /** The page listens: it is given a port to the engine and everything that waited. */
  connect: () => void
  /** Gives a page that listens a port to the engine that now runs. */
  introduceEngine: () => void
}

/** The way from main to the page. A page that has not connected yet, or is being loaded again, misses nothing. */
export function createPageLink(window: BrowserWindow, engine: () => EngineProcess): PageLink {
  const { webContents } = window
  let connected = false
  let waiting: HostEvent[] = []
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) connected = false
  })
  webContents.on('render-process-gone', () => {
    connected = false
  })

  const introduceEngine = (): void => {
    if (!connected || window.isDestroyed()) return
    const port = engine().openPort()
    if (port) webContents.postMessage(hostChannels.port, null, [port])
  }
  return {
    send: (event) => {
      if (window.isDestroyed()) return
      if (connected) webContents.send(hostChannels.event, event)
      else waiting.push(event)
    },
    connect: () => {
      connected = true
      introduceEngine()
      for (const event of waiting) webContents.send(hostChannels.event, event)
      waiting = []
    },
    introduceEngine
  }
}
