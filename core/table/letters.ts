import chardet from 'chardet'
import type { Encoding } from '../contract/table.ts'
import { newDecoder } from './code-pages.ts'
import { dosLetters, type LettersGuess } from './dos-letters.ts'

/** Which 8-bit or East Asian encoding the letters beyond ASCII speak for. Bytes that stand alone between ASCII letters are
 * Latin: chardet (after ICU's detector) is asked, and must say clearly that it is not Latin 1. Bytes that stand together are
 * another script: the one is taken in which its most frequent letters are the frequent ones.
 * @param lines the lines of a file that have a byte beyond ASCII */
export function encodingOfLetters(lines: Uint8Array): LettersGuess {
  const matches = chardet.analyse(lines)
  for (const { name, confidence } of matches) {
    const value = eastAsian[name]
    if (value && confidence >= EAST_ASIAN_CONFIDENCE) return { value, confidence }
  }
  const dense = shareStandingTogether(lines) >= 0.6
  const found = japaneseShift(lines) ?? (dense ? (eastAsianPairs(lines) ?? otherScript(lines)) : null)
  return found ?? dosLetters(lines) ?? latin(lines, matches)
}

const eastAsian: Record<string, Encoding> = {
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  Big5: 'big5',
  GB18030: 'gb18030'
}
const EAST_ASIAN_CONFIDENCE = 50

const latinNames: Record<string, Encoding> = {
  'ISO-8859-2': 'iso-8859-2',
  'windows-1250': 'windows-1250',
  'ISO-8859-9': 'windows-1254',
  'windows-1254': 'windows-1254'
}
/** From which confidence, and by how much better than Latin 1, another Latin encoding is believed; and on how many letters. */
const LATIN_CONFIDENCE = 25
const LATIN_MARGIN = 8
const LATIN_LETTERS = 6

function latin(lines: Uint8Array, matches: readonly { name: string; confidence: number }[]): LettersGuess {
  const usual = matches.find(({ name }) => name === 'ISO-8859-1' || name === 'windows-1252')?.confidence ?? 0
  const letters = lines.reduce((sum, byte) => sum + (byte > 127 ? 1 : 0), 0)
  const best = matches.find(({ name }) => latinNames[name] !== undefined)
  if (best && letters >= LATIN_LETTERS && best.confidence >= Math.max(LATIN_CONFIDENCE, usual + LATIN_MARGIN)) {
    return { value: latinNames[best.name]!, confidence: best.confidence }
  }
  return { value: 'windows-1252', confidence: null }
}

/** Share of the bytes beyond ASCII that have such a byte beside them. */
function shareStandingTogether(bytes: Uint8Array): number {
  let high = 0
  let together = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 128) continue
    high++
    if (bytes[i - 1]! > 127 || bytes[i + 1]! > 127) together++
  }
  return together / Math.max(1, high)
}

/** The most frequent letters of the languages written in each script: for Russian, Greek, Hebrew and Arabic. */
const scripts: { encodings: Encoding[]; frequent: string }[] = [
  { encodings: ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866'], frequent: 'оеаинтсрвлк' },
  { encodings: ['windows-1253', 'iso-8859-7'], frequent: 'αοιετσςνηυρκπάέήίόύώ' },
  { encodings: ['windows-1255'], frequent: 'יוהלאתמשרבנ' },
  { encodings: ['windows-1256'], frequent: 'اليمونتربةدع' }
]
const FREQUENT_SHARE = 0.45

function otherScript(lines: Uint8Array): LettersGuess | null {
  let best: { value: Encoding; share: number } | null = null
  for (const { encodings, frequent } of scripts) {
    for (const value of encodings) {
      const letters = beyondAscii(decode(lines, value))
      const hits = letters.filter((letter) => frequent.includes(letter.toLowerCase())).length
      // the case of KOI8-R is that of windows-1251 turned round: words begin with a capital, and do not end with one
      const turned = /\p{Ll}\p{Lu}/u.test(letters.join('')) ? 0.8 : 1
      const share = (turned * hits) / Math.max(1, letters.length)
      if (share > (best?.share ?? FREQUENT_SHARE)) best = { value, share }
    }
  }
  return best && { value: best.value, confidence: Math.round(100 * best.share) }
}

/** Shift JIS has its first bytes at 0x81 to 0x9f, where no letter of an 8-bit script is, and words of more than one sign. */
function japaneseShift(lines: Uint8Array): LettersGuess | null {
  const low = lines.reduce((sum, byte) => sum + (byte >= 0x81 && byte <= 0x9f ? 1 : 0), 0)
  const high = lines.reduce((sum, byte) => sum + (byte > 127 ? 1 : 0), 0)
  if (low < 4 || low < 0.3 * high) return null
  return isEastAsian(decode(lines, 'shift_jis')) ? { value: 'shift_jis', confidence: null } : null
}

/** EUC-JP, EUC-KR, GB 18030 and Big5 by where their bytes lie: kana, the rows of Hangul, second bytes within ASCII. */
function eastAsianPairs(lines: Uint8Array): LettersGuess | null {
  const firsts: number[] = []
  let ascii = 0
  for (let i = 0; i < lines.length; i++) {
    if (lines[i]! < 0x80) continue
    if (lines[i]! < 0xa1) return null
    firsts.push(lines[i]!)
    const second = lines[++i] ?? 0
    if (second < 0x40 || (second > 0x7e && second < 0xa1)) return null
    if (second < 0x80) ascii++
  }
  if (firsts.length < 3) return null
  const guess = (value: Encoding): LettersGuess | null =>
    isEastAsian(decode(lines, value)) ? { value, confidence: null } : null
  if (ascii > 0) return ascii >= 0.1 * firsts.length ? guess('big5') : null
  const kana = firsts.filter((byte) => byte === 0xa4 || byte === 0xa5).length
  if (kana >= 0.1 * firsts.length) return guess('euc-jp')
  if (otherScript(lines)) return null
  if (isMostly(lines, 'euc-jp', japanese) && !isMostly(lines, 'gb18030', chinese)) return guess('euc-jp')
  return guess(firsts.every((byte) => byte <= 0xc8) ? 'euc-kr' : 'gb18030')
}

/** Frequent in tables of either language: places, dates, names, firms. */
const japanese =
  '\u65e5\u672c\u6771\u4eac\u90fd\u5927\u962a\u5e9c\u770c\u5e02\u533a\u753a\u6751\u5c71\u5ddd\u7530\u4e2d\u5b66\u6821\u4f1a\u793e\u5e74\u6708\u5186\u540d\u524d\u4eba\u6570\u682a\u5f0f\u9280\u884c\u5e97\u5317\u6d77\u9053\u798f\u5ca1\u795e\u5948\u611b\u77e5\u5343\u8449\u57fc\u7389\u5e83\u5cf6\u4ed9\u53f0\u672d\u5e4c\u6a2a\u6d5c\u53e4\u5c4b\u6238\u6240\u4f4f\u91d1\u984d\u756a\u53f7\u6c0f\u6c11\u56fd\u5408\u8a08\u7537\u5973\u5e73\u6210\u662d\u548c\u4ee4'
const chinese =
  '\u7684\u4e00\u662f\u4e0d\u4e86\u6709\u4eba\u8fd9\u4e2d\u5927\u4e3a\u4e0a\u4e2a\u56fd\u6211\u4ee5\u65f6\u6765\u7528\u4eec\u751f\u5230\u5730\u51fa\u5206\u5bf9\u6210\u4f1a\u53d1\u5e74\u52a8\u540c\u5de5\u4e0b\u8fc7\u4ea7\u9762\u65b9\u540e\u591a\u5b9a\u884c\u5b66\u6cd5\u6c11\u7ecf\u90e8\u5ea6\u5bb6\u7535\u529b\u6c34\u9ad8\u91cf\u4e1a\u672c\u5929\u5e02\u7701\u533a\u53bf\u57ce\u6570\u6708\u65e5\u540d\u79f0\u53f7\u7801\u91d1\u989d\u4ef7\u4eac\u6d77\u5e7f\u5dde\u6df1\u5733\u5317\u5357\u897f\u4e1c\u516c\u53f8'
const MOSTLY = 0.4

/** Whether the letters are the frequent ones of a language, read in an encoding. */
function isMostly(lines: Uint8Array, encoding: Encoding, frequent: string): boolean {
  const letters = beyondAscii(decode(lines, encoding))
  const hits = letters.filter((letter) => frequent.includes(letter)).length
  return hits >= MOSTLY * Math.max(1, letters.length)
}

/** Whether the letters beyond ASCII are East Asian ones, and stand together as they do in words. */
function isEastAsian(text: string): boolean {
  const letters = beyondAscii(text).length
  const inWords = (text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}ー々、。]{2,}/gu) ?? []).join('').length
  return letters > 0 && inWords >= 0.7 * letters
}

const beyondAscii = (text: string): string[] => Array.from(text).filter((letter) => letter > '\u007f')

const decode = (bytes: Uint8Array, encoding: Encoding): string => newDecoder(encoding).decode(bytes)
