/** 64 bits that differ for columns that differ, but for one chance in about 10¹⁸: two runs of FNV-1a over 32-bit words, with
 * different starts and multipliers (Fowler, Noll & Vo, RFC 9923). */
class Fingerprint {
  #one = 0x811c9dc5
  #other = 0x9e3779b9

  add(word: number): void {
    this.#one = Math.imul(this.#one ^ word, 0x01000193)
    this.#other = Math.imul(this.#other ^ word, 0x85ebca6b)
    // the multiplication moves bits upwards only: the upper ones come back down
    this.#one ^= this.#one >>> 15
    this.#other ^= this.#other >>> 13
  }

  get words(): [number, number] {
    return [this.#one >>> 0, this.#other >>> 0]
  }
}

/** Of a column of numbers; zeros of either sign are the same, and so are missing cells. */
export function fingerprintNumbers(values: Float64Array): string {
  const print = new Fingerprint()
  const double = new Float64Array(1)
  const words = new Uint32Array(double.buffer)
  for (const value of values) {
    double[0] = Number.isNaN(value) ? NaN : value + 0
    print.add(words[0]!)
    print.add(words[1]!)
  }
  return `number ${values.length} ${print.words.join(' ')}`
}

/** Of a column of words, whatever their codes are. */
export function fingerprintWords(codes: Int32Array, texts: readonly string[]): string {
  const ofText = new Uint32Array(2 * texts.length)
  texts.forEach((text, code) => {
    const print = new Fingerprint()
    for (let i = 0; i < text.length; i++) print.add(text.charCodeAt(i))
    ofText.set(print.words, 2 * code)
  })
  const print = new Fingerprint()
  for (const code of codes) {
    print.add(code < 0 ? 0 : ofText[2 * code]!)
    print.add(code < 0 ? 1 : ofText[2 * code + 1]!)
  }
  return `word ${codes.length} ${print.words.join(' ')}`
}
