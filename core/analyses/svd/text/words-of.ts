/** A letter of an alphabet, or a digit, alone is no word: "a", "I", "7". One character of Chinese or Japanese is. */
const ALONE = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{N}]$/u

/** Splits texts into words by the rules of a language (Unicode's UAX 29 and the dictionaries of ICU), in lower case, composed
 * (NFC), without single letters, digits and what is no word.
 * @param language as BCP 47 names it */
export function wordReader(language: string): (text: string) => string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' })
  return (text) => {
    const words: string[] = []
    for (const { segment, isWordLike } of segmenter.segment(text)) {
      if (isWordLike !== true) continue
      const word = segment.normalize('NFC').toLocaleLowerCase(language)
      if (!ALONE.test(word)) words.push(word)
    }
    return words
  }
}

/** The words, and each two that follow each other ("neural network"). */
export function withPairs(words: readonly string[]): string[] {
  const pairs: string[] = []
  for (let i = 1; i < words.length; i++) pairs.push(`${words[i - 1]!} ${words[i]!}`)
  return [...words, ...pairs]
}
