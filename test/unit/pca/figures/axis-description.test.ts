import { describe, expect, test } from 'vitest'
import { axisSentence, describeAxis } from '../../../../core/analyses/pca/figures/axis-description.ts'

const relation = (name: string, strength: number, p = 0.001) => ({ name, strength, p })

describe('a component in words', () => {
  test('the strongest of each side, those that chance does not explain', () => {
    const columns = [
      relation('a', 0.4),
      relation('b', 0.9),
      relation('by chance', 0.8, 0.2),
      relation('c', -0.7),
      relation('weak', 0.1),
      relation('d', 0.6),
      relation('e', 0.5)
    ]
    const levels = [relation('kind x', 3), relation('kind y', -3), relation('kind z', 1, 0.3)]
    const words = describeAxis(columns, levels)
    expect(words).toEqual({ high: ['b', 'd', 'e'], low: ['c'], above: ['kind x'], below: ['kind y'], category: null })
    expect(axisSentence('PC1', words)).toBe(
      'PC1 is high where b, d and e are high and c is low. kind x lies above the mean, kind y lies below the mean.'
    )
  })

  test('levels of one category have it once before them', () => {
    const level = (of: string, name: string, strength: number) => ({
      ...relation(`${of} ${name}`, strength),
      level: { of, name }
    })
    const digits = [level('digit', '4', 9), level('digit', '6', 8), level('digit', '3', -7)]
    expect(axisSentence('PC1', describeAxis([], digits))).toBe(
      'By digit: 4 and 6 lie above the mean, 3 lies below the mean.'
    )
    expect(axisSentence('PC1', describeAxis([], [...digits, level('hand', 'left', 8.5)]))).toBe(
      'digit 4, hand left and digit 6 lie above the mean, digit 3 lies below the mean.'
    )
  })

  test('one side only, or none', () => {
    const none = { high: [], low: [], above: [], below: [], category: null }
    expect(axisSentence('PC2', { ...none, high: ['a', 'b'] })).toBe('PC2 is high where a and b are high.')
    expect(axisSentence('PC2', { ...none, low: ['a'] })).toBe('PC2 is high where a is low.')
    expect(axisSentence('PC2', { ...none, below: ['x', 'y'] })).toBe('x and y lie below the mean.')
    expect(axisSentence('PC2', none)).toBe('No column goes with PC2 beyond chance.')
  })
})
