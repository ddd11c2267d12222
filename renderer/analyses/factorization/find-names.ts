/** Names that can be searched, made ready once: of two hundred thousand each key would else be heard late. */
export class NameIndex {
  readonly #plain: string[]

  constructor(names: readonly string[]) {
    this.#plain = names.map(plainOf)
  }

  /** Numbers of the names that hold the words, best first: equal, then beginning, then a word beginning, then anywhere.
   * @param most found at most */
  find(words: string, most = Infinity): number[] {
    const wanted = plainOf(words)
    if (wanted === '') return []
    const ranked: number[][] = [[], [], [], []]
    for (let i = 0; i < this.#plain.length; i++) {
      const name = this.#plain[i]!
      const at = name.indexOf(wanted)
      if (at < 0) continue
      const rank = at > 0 ? (name[at - 1] === ' ' ? 2 : 3) : name.length === wanted.length ? 0 : 1
      ranked[rank]!.push(i)
    }
    return ranked.flat().slice(0, most)
  }
}

/** Whether a name holds the words, in whatever case and with accents or without. */
export const holdsWords = (name: string, words: string): boolean => plainOf(name).includes(plainOf(words))

/** Most names have no accents to be taken away, which takes time. */
const PLAIN = /^[ -~]*$/

function plainOf(text: string): string {
  if (PLAIN.test(text)) return text.trim().toLowerCase()
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()
}
