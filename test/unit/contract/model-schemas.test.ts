import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { factorModelJsonSchema } from '../../../core/contract/factor-model.ts'
import { svdModelJsonSchema } from '../../../core/contract/svd-model.ts'

const docs = resolve(import.meta.dirname, '../../../docs')

it.each([
  ['factor', factorModelJsonSchema()],
  ['svd', svdModelJsonSchema()]
])('the schema of a %s model that stands in docs is the one its files are written by', (kind, schema) => {
  expect(JSON.parse(readFileSync(`${docs}/${kind}-model.schema.json`, 'utf8'))).toEqual(schema)
})
