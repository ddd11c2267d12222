/** Puts a text on the clipboard, as an answer to a click or a key. The clipboard API asks for a permission, and the app
 * grants none; the copy command needs only the person's own gesture.
 * @returns whether the text is there */
export function copyText(text: string): boolean {
  let copied = false
  const give = (event: ClipboardEvent): void => {
    event.preventDefault()
    event.stopImmediatePropagation()
    event.clipboardData?.setData('text/plain', text)
    copied = true
  }
  window.addEventListener('copy', give, { capture: true, once: true })
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is refused with every other permission
  document.execCommand('copy')
  window.removeEventListener('copy', give, { capture: true })
  return copied
}
