import { describe, expect, it } from 'vitest'
import { supposeLanguage } from '../../../core/analyses/svd/text/suppose-language.ts'
import { svdOfTexts } from './build.ts'

const texts = {
  en: ['The telescope that was built by them is now in orbit and it sees more than we can.'],
  de: ['Der Ball war nicht im Tor, und die Mannschaft hat das Spiel mit einem Tor verloren.'],
  fr: ['Le pain est dans le four et la soupe n’est pas encore sur la table avec nous.'],
  ja: ['東京で寿司を食べました'],
  zh: ['我们在北京学习中文'],
  th: ['ฉันกินข้าวที่บ้าน'],
  ru: ['Телескоп видит далёкую галактику'],
  el: ['Το τηλεσκόπιο βλέπει τον γαλαξία']
} as const

describe('the language of texts', () => {
  it.each(Object.entries(texts))(
    '%s is told from another that was chosen, and nothing is said of the right one',
    (language, some) => {
      expect(supposeLanguage(some, language as keyof typeof texts)).toBeNull()
      expect(supposeLanguage(some, language === 'en' ? 'nl' : 'en')).toBe(language)
    }
  )

  it('is not doubted where nothing speaks against it', () => {
    // Han alone may be Japanese; names and numbers are of no language; Polish has no list, and shares no words with the others.
    expect(supposeLanguage(['東京大学'], 'ja')).toBeNull()
    for (const some of [['', ' '], ['12 345'], ['Hamlet', 'Faust'], ['Chleb jest w piecu i nie ma go na stole.']]) {
      expect(supposeLanguage(some, 'en')).toBeNull()
    }
  })

  it('is a remark of the result', () => {
    expect(svdOfTexts([...texts.de, ...texts.de], { nFactors: 1 }).summary.notes).toEqual([
      'These texts look like German: English is the language by which words and stop words were told.'
    ])
    expect(svdOfTexts([...texts.de, ...texts.de], { language: 'de', nFactors: 1 }).summary.notes).toEqual([])
  })
})
