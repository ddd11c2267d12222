import * as electron from 'electron'
import { clipboard, nativeImage, type NativeImage } from 'electron'

/** The clipboard as it was before Electron had the one of the web. */
interface OlderClipboard {
  writeImage: (image: NativeImage) => void
}
const isOlder = (given: object): given is OlderClipboard => 'writeImage' in given

/** Puts a PNG on the clipboard. @returns false where it is none */
export async function copyPicture(png: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const picture = nativeImage.createFromBuffer(Buffer.from(png))
  if (picture.isEmpty()) return false
  const own: object = clipboard
  if (isOlder(own)) own.writeImage(picture)
  else await clipboard.write([new electron.ClipboardItem({ 'image/png': new Blob([png], { type: 'image/png' }) })])
  return true
}
