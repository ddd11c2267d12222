import { formatBytes } from '../ui/format.ts'

/** How long the line that says where something went stays. */
const SHOWN_MS = 6000

/** The last thing written to a file, said for a while in the head of what it was made from. */
class Saved {
  text = $state('')
  #timer: ReturnType<typeof setTimeout> | undefined

  say(fileName: string, bytes: number): void {
    this.text = `Saved ${fileName}, ${formatBytes(bytes)}`
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.text = ''), SHOWN_MS)
  }

  clear(): void {
    this.text = ''
  }
}

export const saved = new Saved()
