import type { Encoding } from '../contract/table.ts'
import { newDecoder } from './code-pages.ts'

/** An encoding that letters speak for. */
export interface LettersGuess {
  value: Encoding
  /** how well the letters fit, in percent; null where nothing speaks for more than the usual */
  confidence: number | null
}

/** Letters that stand in the words of the languages each page was made for. */
const pages: { value: Encoding; frequent: string }[] = [
  { value: 'ibm850', frequent: 'äöüßéèêëàâçñóíáúùûôîïìòåøæãõ' },
  { value: 'ibm852', frequent: 'ąćęłńóśźżáčďéěíňřšťúůýžőűöüăâîţşđôľĺŕ' }
]
const FIT = 0.85
/** By how much better than Windows 1252 a page must be. */
const MARGIN = 0.3

/** A code page of DOS, where its letters stand in words and those of Windows 1252 would be quotes and signs within them; null
 * where nothing speaks for one. 437 has the letters of 850 in the same places and is read alike. */
export function dosLetters(lines: Uint8Array): LettersGuess | null {
  const windows = fit(newDecoder('windows-1252').decode(lines))
  let best: { value: Encoding; fits: number; share: number } | null = null
  for (const { value, frequent } of pages) {
    const text = newDecoder(value).decode(lines)
    const fits = fit(text)
    const letters = Array.from(text).filter((letter) => letter > '\u007f')
    const share =
      letters.filter((letter) => frequent.includes(letter.toLowerCase())).length / Math.max(1, letters.length)
    if (fits >= FIT && fits >= windows + MARGIN && share > Math.max(FIT, best?.share ?? 0))
      best = { value, fits, share }
  }
  return best && { value: best.value, confidence: Math.round(100 * best.share) }
}

const letter = /\p{L}/u

/** Share of the signs beyond ASCII that stand where they may: a letter in a word, and no capital behind a small one; a quote,
 * dash or other sign outside of words. */
function fit(text: string): number {
  let all = 0
  let fitting = 0
  for (let at = 0; at < text.length; at++) {
    const own = text[at]!
    if (own < '\u0080') continue
    all++
    const [before, after] = [text[at - 1] ?? ' ', text[at + 1] ?? ' ']
    const inWord = letter.test(before) || letter.test(after)
    if (letter.test(own)) {
      const turned = /\p{Ll}\p{Lu}/u.test(before + own) || /\p{Ll}\p{Lu}/u.test(own + after)
      if (inWord && !turned) fitting++
    } else if (own === '\u2019' || !(letter.test(before) && letter.test(after))) {
      if (!/\p{Cc}/u.test(own)) fitting++
    }
  }
  return fitting / Math.max(1, all)
}
