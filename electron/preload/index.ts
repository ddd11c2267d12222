import { contextBridge, ipcRenderer, webUtils } from 'electron'
import {
  ENGINE_PORT_MESSAGE,
  hostChannels,
  type Host,
  type HostEvent,
  type OpenedFile,
  type OpenedFolder
} from '../../core/contract/host.ts'

// A MessagePort cannot cross the context bridge; a window message to our own origin can carry it.
ipcRenderer.on(hostChannels.port, (event) => {
  window.postMessage({ kind: ENGINE_PORT_MESSAGE }, window.location.origin, event.ports)
})

const host: Host = {
  connect: () => ipcRenderer.send(hostChannels.connect),
  openFile: () => ipcRenderer.invoke(hostChannels.openFile),
  openFiles: () => ipcRenderer.invoke(hostChannels.openFiles),
  pasteTable: (text) => ipcRenderer.invoke(hostChannels.pasteTable, text),
  pasteClipboard: () => ipcRenderer.invoke(hostChannels.pasteClipboard),
  grantDropped: async (file) => {
    // The empty string means a File made by script, which stands for nothing on disk.
    const path = webUtils.getPathForFile(file)
    return path === ''
      ? null
      : ((await ipcRenderer.invoke(hostChannels.grantDropped, path)) as OpenedFile | OpenedFolder | null)
  },
  saveFile: (suggestedName, filters) => ipcRenderer.invoke(hostChannels.saveFile, suggestedName, filters),
  openModel: () => ipcRenderer.invoke(hostChannels.openModel),
  printPdf: (html, size) => ipcRenderer.invoke(hostChannels.printPdf, html, size),
  copyPicture: (png) => ipcRenderer.invoke(hostChannels.copyPicture, png),
  setTheme: (theme) => ipcRenderer.invoke(hostChannels.setTheme, theme),
  setTitle: (title) => ipcRenderer.invoke(hostChannels.setTitle, title),
  newWindow: () => ipcRenderer.invoke(hostChannels.newWindow),
  setRecents: (recents) => ipcRenderer.invoke(hostChannels.setRecents, recents),
  onEvent: (listener) => {
    ipcRenderer.on(hostChannels.event, (_event, hostEvent: HostEvent) => listener(hostEvent))
  },
  platform: process.platform
}

contextBridge.exposeInMainWorld('host', host)
