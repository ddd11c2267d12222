import { describe, expect, test } from 'vitest'
import { samplesReach } from '../../../renderer/analyses/pca/samples-reach.ts'

describe('where the intervals of the bootstrap end', () => {
  test('is said where a component beyond is shown, with how many would be enough', () => {
    expect(samplesReach(2, [0, 3])).toEqual({
      text: 'Intervals are of the first 2 components',
      wanted: 4
    })
    expect(samplesReach(1, [1])?.text).toBe('Intervals are of the first component')
  })

  test('is not said where all shown are aligned, or no bootstrap was made', () => {
    expect(samplesReach(2, [1, 0])).toBeNull()
    expect(samplesReach(0, [0, 1])).toBeNull()
  })
})
