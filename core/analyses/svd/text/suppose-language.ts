import type { SvdParams } from '../params.ts'
import { stopWordsOf } from './stop-words.ts'

type Language = SvdParams['language']

/** Scripts that are of one language among those there are; kana before Han, as Japanese is written in both. */
const SCRIPTS: readonly (readonly [RegExp, readonly Language[]])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, ['ja']],
  [/\p{Script=Hangul}/gu, ['ko']],
  [/\p{Script=Han}/gu, ['zh', 'ja']],
  [/\p{Script=Thai}/gu, ['th']],
  [/\p{Script=Arabic}/gu, ['ar']],
  [/\p{Script=Devanagari}/gu, ['hi']],
  [/\p{Script=Cyrillic}/gu, ['ru']],
  [/\p{Script=Greek}/gu, ['el']]
]
/** Kana are a part of Japanese letters, the rest is Han. */
const MUCH = 0.2
const WITH_LISTS: readonly Language[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']
/** Of running text two fifths are function words, of that in another language less than a tenth. */
const TELLING = 0.15
const TIMES_MORE = 2

/** The language that some texts most likely are in, where it is not the one that was chosen: by their script, else by whose function
 * words they hold; null where nothing speaks against the choice. */
export function supposeLanguage(texts: readonly string[], chosen: Language): Language | null {
  const all = texts.join(' ')
  const letters = all.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return null
  for (const [script, languages] of SCRIPTS) {
    if ((all.match(script)?.length ?? 0) / letters < MUCH) continue
    return languages.includes(chosen) ? null : languages[0]!
  }
  // One letter is a word of many languages: i, a, o, y.
  const words = all.toLowerCase().match(/[\p{L}'’]{2,}/gu) ?? []
  const shareOf = (language: Language): number => {
    const list = stopWordsOf(language)
    return words.reduce((count, word) => count + Number(list.has(word)), 0) / words.length
  }
  const [best] = WITH_LISTS.map((language) => ({ language, share: shareOf(language) })).sort(
    (a, b) => b.share - a.share
  )
  if (!best || best.language === chosen || best.share < TELLING) return null
  // Without a list nobody knows how many of its function words there are: Polish and Swedish share none with these.
  return best.share >= TIMES_MORE * shareOf(chosen) ? best.language : null
}
