// Draws icon.png (512 × 512, transparent corners) from icon.svg. Run it with Electron after changing the drawing:
//   node scripts/electron-runtime.mjs app resources/icons/render.mjs
import { app, BrowserWindow } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SIZE = 512
const here = import.meta.dirname

async function draw() {
  const drawing = readFileSync(join(here, 'icon.svg'), 'utf8')
  const page = `<style>html,body{margin:0;background:transparent}svg{display:block}</style>${drawing}`
  const window = new BrowserWindow({
    width: SIZE,
    height: SIZE,
    useContentSize: true,
    show: false,
    frame: false,
    transparent: true,
    webPreferences: { offscreen: true }
  })
  const painted = new Promise((done) => {
    // The first frames may be painted before the drawing is there.
    window.webContents.on('paint', (_event, _dirty, frame) => window.webContents.isLoading() || done(frame))
  })
  await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`)
  window.webContents.invalidate()
  const picture = await painted
  writeFileSync(join(here, 'icon.png'), picture.toPNG())
  app.quit()
}

app.commandLine.appendSwitch('force-device-scale-factor', '1')
// Electron is ready only after this module has run, so nothing here may wait for it.
void app.whenReady().then(draw)
