import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unwatched } from '../../core/linalg/watch.ts'
import { fillMostFrequent } from '../../core/preparation/most-frequent.ts'
import type { ColumnData } from '../../core/contract/table.ts'

type Values = (number | string | null)[]

/** Made by scripts/fixtures/make-most-frequent.py with scikit-learn's SimpleImputer, of the version it names. */
const fixture = join(import.meta.dirname, 'fixtures', 'most-frequent.json')
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  cases: { kind: 'number' | 'text'; given: Values; filled: Values }[]
}

const columnsOf = (kind: 'number' | 'text', values: Values): ColumnData[] => {
  const name = 'x'
  if (kind === 'number')
    return [{ kind, name, values: Float64Array.from(values, (v) => (v === null ? NaN : Number(v))) }]
  const texts = values as (string | null)[]
  const dictionary = [...new Set(texts.filter((text) => text !== null))]
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : dictionary.indexOf(text)))
  return [
    { kind, name, values: texts },
    { kind: 'codes', name, codes, dictionary }
  ]
}

const valuesIn = (data: ColumnData): Values =>
  data.kind === 'codes' ? Array.from(data.codes, (code) => data.dictionary[code] ?? null) : [...data.values]

test.each(cases)('the most frequent value of $given: what scikit-learn fills in', ({ kind, given, filled }) => {
  for (const column of columnsOf(kind, given)) {
    const before = valuesIn(column)
    expect(valuesIn(fillMostFrequent(column, unwatched)!.filled)).toEqual(filled)
    expect(valuesIn(column)).toEqual(before)
  }
})
