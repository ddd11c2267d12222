import { withPairs, wordReader } from './words-of.ts'

/** How texts become terms. */
export interface TermRules {
  /** as BCP 47 names it */
  language: string
  stopWords: ReadonlySet<string>
  ngrams: 'words' | 'pairs'
}

/** Splits texts into the terms that count, and says how many words there were and how many of them were stop words. */
export function termReader({
  language,
  stopWords,
  ngrams
}: TermRules): (text: string) => { terms: string[]; nWords: number; nStopWords: number } {
  const wordsOf = wordReader(language)
  return (text) => {
    const words = wordsOf(text)
    const telling = words.filter((word) => !stopWords.has(word))
    const terms = ngrams === 'pairs' ? withPairs(telling) : telling
    return { terms, nWords: words.length, nStopWords: words.length - telling.length }
  }
}
