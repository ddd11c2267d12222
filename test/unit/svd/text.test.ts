import { describe, expect, it } from 'vitest'
import { stopWordsOf } from '../../../core/analyses/svd/text/stop-words.ts'
import { withPairs, wordReader } from '../../../core/analyses/svd/text/words-of.ts'
import { svdOfTexts } from './build.ts'

describe('words', () => {
  it('are told apart by the rules of their language, in lower case, without single letters and digits', () => {
    expect(wordReader('en')("It's 7 o'clock: a Café, re-opened in 1999!")).toEqual([
      "it's",
      "o'clock",
      'café',
      're',
      'opened',
      'in',
      '1999'
    ])
    // Turkish: the dotless i
    expect(wordReader('tr')('IRMAK')).toEqual(['ırmak'])
    expect(wordReader('ja')('東京都に住む').length).toBeGreaterThan(1)
    // composed and decomposed é are one word
    expect(wordReader('fr')('e\u0301te\u0301')).toEqual(wordReader('fr')('été'))
  })

  it('come in pairs too', () => {
    expect(withPairs(['red', 'hot', 'pan'])).toEqual(['red', 'hot', 'pan', 'red hot', 'hot pan'])
  })

  it('of a list of stop words are whole words of their language, none of it twice', () => {
    for (const language of ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']) {
      const words = stopWordsOf(language)
      expect(words.size).toBeGreaterThan(60)
      for (const word of words) expect(word).toBe(word.toLocaleLowerCase(language))
    }
    expect(stopWordsOf('ko').size).toBe(0)
  })
})

describe('a column of text', () => {
  const texts = ['red apple red', 'green apple', null, 'the the', 'green pear and red plum']

  it('is documents by terms, empty ones and missing ones told', () => {
    const { summary, lists, arrays } = svdOfTexts(texts, { stopWords: 'list' })
    expect(lists['columns']).toEqual(['apple', 'green', 'pear', 'plum', 'red'])
    expect(lists['rows']).toEqual(['red apple red', 'green apple', 'the the', 'green pear and red plum'])
    expect(Array.from(arrays['documentCounts']!.data)).toEqual([2, 2, 1, 1, 2])
    expect(Array.from(arrays['rowsUsed']!.data)).toEqual([0, 1, 3, 4])
    expect(summary.dropped).toEqual([{ row: 2, line: 4, columns: ['text'] }])
    expect(summary.emptyDocuments).toEqual([{ row: 3, line: 5 }])
    expect(summary.text).toEqual({ nWords: 12, stopWordsLeftOut: 3, rareTerms: 0, frequentTerms: 0 })
    // rows of length 1, but for the empty one
    expect(summary.frobeniusNorm).toBeCloseTo(Math.sqrt(3), 12)
  })

  it('keeps to the limits on documents', () => {
    const { lists, summary } = svdOfTexts(texts, { minDocuments: 2 })
    expect(lists['columns']).toEqual(['apple', 'green', 'red'])
    expect(summary.text).toMatchObject({ rareTerms: 4, frequentTerms: 0 })
    expect(svdOfTexts(texts, { maxShare: 0.25 }).lists['columns']).toEqual(['and', 'pear', 'plum', 'the'])
  })

  it.each([
    ['empty strings', ['', ' ', ''], {}, 'its cells hold no word'],
    ['missing cells', [null, null], {}, 'its cells hold no word'],
    ['stop words', ['the and of'], { stopWords: 'list' as const }, 'every word is a stop word'],
    ['terms in too few documents', ['one', 'two'], { minDocuments: 2 }, 'too few documents']
  ])('refuses %s, naming line and column', (_what, cells, over, reason) => {
    expect(() => svdOfTexts(cells, over)).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          code: 'NO_TERMS',
          message: expect.stringContaining(reason) as string,
          where: { file: 'ratings.csv', line: 2, field: 'text' }
        }) as object
      })
    )
  })

  it('calls a long document by its beginning', () => {
    const { lists } = svdOfTexts(['a sentence that goes on and on for much longer than a name should', 'short one'])
    expect(lists['rows']).toEqual(['a sentence that goes on and on for much…', 'short one'])
  })
})
