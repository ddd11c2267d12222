import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shareWords } from '../../../renderer/plots/shared-words.ts'

it('says once what all names begin and end with', () => {
  expect(shareWords(['Cluster 1', 'Cluster 2', 'Cluster 10'])).toEqual({ lead: 'Cluster', rest: ['1', '2', '10'] })
  expect(shareWords(['Basin 0 of the shelf', 'Basin 12 of the shelf'])).toEqual({
    lead: 'Basin … of the shelf',
    rest: ['0', '12']
  })
  expect(shareWords(['north shelf', 'south shelf'])).toEqual({ lead: '… shelf', rest: ['north', 'south'] })
})

it('leaves alone what shares no whole word, and a name by itself', () => {
  expect(shareWords(['setosa', 'sepals'])).toEqual({ lead: '', rest: ['setosa', 'sepals'] })
  expect(shareWords(['Cluster 1'])).toEqual({ lead: '', rest: ['Cluster 1'] })
  expect(shareWords([])).toEqual({ lead: '', rest: [] })
})

it('leaves something of each name, and keeps different names different', () => {
  const name = fc.array(fc.constantFrom('a', 'b', 'cd'), { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 6 }), (names) => {
      const { lead, rest } = shareWords(names)
      expect(rest.every((text) => text !== '')).toBe(true)
      expect(new Set(rest).size).toBe(names.length)
      const [head = '', tail = ''] = lead.split(/ ?… ?/)
      names.forEach((whole, at) => expect([head, rest[at], tail].filter(Boolean).join(' ')).toBe(whole))
    })
  )
})
