import { expect, it } from 'vitest'
import { NameIndex } from '../../../renderer/analyses/factorization/find-names.ts'
import { countWords, splitYear, titleOf, wordsOf } from '../../../renderer/analyses/factorization/item-words.ts'

it('a year is read at the end of a name', () => {
  expect(splitYear('Toy Story (1995)')).toEqual({ title: 'Toy Story', year: 1995 })
  expect(splitYear('Shawshank Redemption, The (1994) ')).toEqual({ title: 'Shawshank Redemption, The', year: 1994 })
  expect(splitYear('Fargo (2014–)')).toEqual({ title: 'Fargo', year: 2014 })
  expect(splitYear('2001: A Space Odyssey')).toEqual({ title: '2001: A Space Odyssey', year: null })
  expect(splitYear('(500) Days of Summer (2009)')).toEqual({ title: '(500) Days of Summer', year: 2009 })
})

it('an article that stands last comes first again, in titles with a year only', () => {
  expect(titleOf('Godfather, The (1972)')).toBe('The Godfather')
  expect(titleOf('Clockwork Orange, A (1971)')).toBe('A Clockwork Orange')
  expect(titleOf("Avventura, L' (1960)")).toBe("L'Avventura")
  expect(titleOf('Miller, The')).toBe('Miller, The')
})

it('a cell may be a list, and may say that there is nothing', () => {
  expect(wordsOf('Comedy|Drama')).toEqual(['Comedy', 'Drama'])
  expect(wordsOf('(no genres listed)')).toEqual([])
  expect(wordsOf(null)).toEqual([])
  expect(countWords(['Comedy|Drama', 'Drama', null, 'Drama|Drama'])).toEqual([
    { word: 'Drama', count: 3 },
    { word: 'Comedy', count: 1 }
  ])
})

it('names are found without their accents and cases: equal, beginning, a word, anywhere', () => {
  const index = new NameIndex(['Café Noir', 'The Cafe', 'cafe', 'Decaf', 'Tea'])
  expect(index.find('cafe')).toEqual([2, 0, 1])
  expect(index.find('caf')).toEqual([0, 2, 1, 3])
  expect(index.find('caf', 2)).toEqual([0, 2])
  expect(index.find('  ')).toEqual([])
  expect(index.find('coffee')).toEqual([])
})
