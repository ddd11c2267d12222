import { expect, test } from 'vitest'
import { guessSource } from '../../../core/analyses/svd/guess.ts'
import type { DatasetShape } from '../../../core/contract/analysis.ts'

const numbers = (name: string) => ({ name, type: 'number' as const, missing: 0 })
const names = (name: string) => ({ name, type: 'category' as const, missing: 0 })

test('of who took what, without a rating, the value is how much: neither of the two, and no time', () => {
  const ratings = { form: 'long' as const, user: 'customer', item: 'product', rating: null, timestamp: 'date' }
  const columns = [numbers('date'), numbers('customer'), names('product'), numbers('pieces')]
  const dataset = { name: 'baskets', nRows: 9, columns, ratings } as unknown as DatasetShape
  expect(guessSource(dataset)).toMatchObject({
    source: 'triplets',
    row: 'customer',
    column: 'product',
    value: 'pieces'
  })
  const without = { ...dataset, columns: columns.slice(0, 3) }
  expect(guessSource(without)).toMatchObject({ value: null })
})
