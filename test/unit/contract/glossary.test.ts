import fc from 'fast-check'
import katex from 'katex'
import { describe, expect, test } from 'vitest'
import { findTerms, glossaryTerm, glossaryTerms, linkTerms } from '../../../core/contract/glossary.ts'

describe('the glossary', () => {
  test('names every term and every word once', () => {
    const ids = glossaryTerms.map((term) => term.id)
    expect(new Set(ids).size).toBe(ids.length)
    const words = glossaryTerms.flatMap(({ term, words }) => (words ?? [term]).map((word) => word.toLowerCase()))
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
  })

  test.each(glossaryTerms)('$term: whole sentences, a formula that can be set, a source', (term) => {
    expect(term.meaning).toMatch(/^[^!]+\.$/)
    expect(term.meaning.length).toBeLessThan(220)
    expect(term.source).not.toBe('')
    if (term.formula !== undefined) katex.renderToString(term.formula, { output: 'mathml', strict: 'error' })
    expect(glossaryTerm(term.id)).toBe(term)
  })
})

describe('the terms of a sentence', () => {
  const named = (sentence: string): string[] =>
    linkTerms(sentence).flatMap(({ text, term }) => (term ? [`${text} → ${term.id}`] : []))

  test('are found, the longest first, at their first mention', () => {
    expect(named('Each column counts the same: components of the correlation matrix.')).toEqual([
      'components → principal-component',
      'correlation matrix → correlation'
    ])
    expect(named('Components, then components, then Correlation and a correlation')).toEqual([
      'Components → principal-component',
      'Correlation → correlation'
    ])
    expect(named('Hotelling’s T² beside cos², and Minka’s')).toEqual([
      'Hotelling’s T² → hotelling-t2',
      'cos² → cos2',
      'Minka’s → minka'
    ])
  })

  test('are whole words', () => {
    expect(named('underscores scoreboard uncentred')).toEqual([])
  })

  test('leave the sentence as it was', () => {
    const pieces = fc.constantFrom('score', 'scores', ' ', 'KMO', 'cos²', '.', 'n − 1', 'Ward’s method', 'x', '$&')
    fc.assert(
      fc.property(fc.array(pieces), (words) => {
        const sentence = words.join('')
        expect(
          linkTerms(sentence)
            .map((part) => part.text)
            .join('')
        ).toBe(sentence)
      })
    )
  })
})

describe('looking a term up', () => {
  test('finds names before meanings', () => {
    const found = findTerms('score').map((term) => term.id)
    expect(found[0]).toBe('score')
    expect(found).toContain('singular-value')
    expect(findTerms('  kMo ').map((term) => term.id)[0]).toBe('kmo')
    expect(findTerms('no such thing')).toEqual([])
  })
  test('gives all by name where nothing is asked', () => {
    const names = findTerms('').map((term) => term.term.toLowerCase())
    expect(names).toHaveLength(glossaryTerms.length)
    expect(names.indexOf('biplot')).toBeLessThan(names.indexOf('weight'))
  })
})
