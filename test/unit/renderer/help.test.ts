import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analysisSpecs } from '../../../core/analyses/registry.ts'
import type { DatasetShape, FieldSpec } from '../../../core/contract/analysis.ts'
import { glossaryTerm, linkTerms } from '../../../core/contract/glossary.ts'
import { stepSpecs } from '../../../core/preparation/spec.ts'

/** That every column of a table has help is a matter of its type (renderer/ui/table.ts). */

const dataset: DatasetShape = {
  name: 'small',
  nRows: 30,
  ratings: { form: 'long', user: 'a', item: 'b', rating: 'c', timestamp: null },
  columns: [
    ...['a', 'b', 'c'].map((name) => ({ name, type: 'number' as const, missing: 0, min: 0, max: 9, sd: 1 })),
    { name: 'kind', type: 'category', missing: 0, distinct: 3 },
    { name: 'day', type: 'date', missing: 0, distinct: 30 }
  ]
}

interface Form {
  title: string
  fields: FieldSpec[]
  params: Record<string, unknown>
}
const forms: Form[] = [
  ...Object.values(analysisSpecs).map(({ title, fields, defaults }) => ({ title, fields, params: defaults(dataset) })),
  // The project step says which model it was begun with, and asks nothing.
  ...Object.values(stepSpecs)
    .filter(({ kind }) => kind !== 'project')
    .map(({ title, fields, defaults }) => ({ title, fields, params: defaults(dataset) }))
]

/** What a field says at first and with each of its choices. */
function helpsOf({ key, control, help }: FieldSpec, params: Record<string, unknown>): string[] {
  const choices = control.kind === 'choice' ? control.options.map(({ value }) => value) : []
  return [help(params, dataset), ...choices.map((value) => help({ ...params, [key]: value }, dataset))]
}

describe.each(forms)('the form of $title', ({ fields, params }) => {
  it.each(fields.map((field) => [field.label, field] as const))('says in a sentence what %s does', (label, field) => {
    for (const help of helpsOf(field, params)) {
      expect(help).toMatch(/^\S.*\.$/)
      expect(help.toLowerCase()).not.toBe(`${label.toLowerCase()}.`)
      expect(help).not.toMatch(/undefined|NaN|null/)
    }
  })
})

it('the terms that a form of a PCA uses lead to the glossary', () => {
  const pca = forms.find(({ title }) => title === analysisSpecs.pca.title)!
  const sentences = pca.fields.flatMap((field) => helpsOf(field, pca.params))
  const linked = sentences.flatMap((sentence) => linkTerms(sentence).flatMap(({ term }) => (term ? [term.id] : [])))
  for (const id of ['component', 'covariance', 'correlation']) expect(linked.join(' ')).toContain(id)
})

it('every term that the page names is in the glossary', () => {
  const root = resolve(import.meta.dirname, '../../../renderer')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|ts)$/.test(name))
  const named = files.flatMap((name) =>
    Array.from(readFileSync(join(root, name), 'utf8').matchAll(/\bterm: '([\w-]+)'/g), ([, id]) => id!)
  )
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((id) => glossaryTerm(id) === null)).toEqual([])
})
