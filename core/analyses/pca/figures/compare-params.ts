import type { FieldSpec } from '../../../contract/analysis.ts'

/** A parameter in which two runs differ, in words. */
export interface Difference {
  label: string
  first: string
  second: string
}

type Params = Record<string, unknown>

/** The parameters in which two runs differ, in the order of their form; those the form does not ask for come last, by their key.
 * Columns are told by what only one run has. */
export function differingParams(fields: readonly FieldSpec[], first: Params, second: Params): Difference[] {
  const asked = fields.map(({ key }) => key)
  const keys = [...new Set([...asked, ...Object.keys(first), ...Object.keys(second)])]
  return keys.flatMap((key) => {
    const [a, b] = [first[key], second[key]]
    if (JSON.stringify(a ?? null) === JSON.stringify(b ?? null)) return []
    const field = fields.find((candidate) => candidate.key === key)
    const label = field?.label ?? key
    if (Array.isArray(a) && Array.isArray(b)) {
      const [onlyFirst, onlySecond] = [a.filter((item) => !b.includes(item)), b.filter((item) => !a.includes(item))]
      if (onlyFirst.length + onlySecond.length === 0) return [{ label, first: 'another order', second: '' }]
      return [{ label, first: wordsOfList(onlyFirst), second: wordsOfList(onlySecond) }]
    }
    return [{ label, first: wordsOf(field, a), second: wordsOf(field, b) }]
  })
}

/** Names one run has and the other has not. */
function wordsOfList(names: unknown[]): string {
  const SHOWN = 3
  if (names.length === 0) return 'none besides'
  const first = names.slice(0, SHOWN).map(String).join(', ')
  return names.length > SHOWN ? `${first} and ${names.length - SHOWN} more` : first
}

function wordsOf(field: FieldSpec | undefined, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (Array.isArray(value)) return wordsOfList(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (field?.control.kind !== 'choice') return text
  return field.control.options.find((option) => option.value === text)?.label ?? text
}
