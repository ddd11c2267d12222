import type { DatasetShape, FieldSpec } from '../../core/contract/analysis.ts'
import type { z } from 'zod'

/** What a form is made from: the spec of an analysis or of a step. */
export interface FormSpec {
  fields: FieldSpec[]
  params: z.ZodType
  settle?: (
    params: Record<string, unknown>,
    before: Record<string, unknown>,
    dataset: DatasetShape
  ) => Record<string, unknown>
}

/** What a person typed, as a number; the text itself where it is none, so that they can go on typing. A comma is read as
 * the decimal point, a true minus as a minus. */
export function readNumber(text: string): number | string {
  const typed = text.trim().replace('\u2212', '-')
  // 1,797 is how the page writes a count; 0,1 is how half of Europe writes a tenth.
  const plain = /^-?[1-9]\d{0,2}(,\d{3})+$/.test(typed) ? typed.replaceAll(',', '') : typed.replace(',', '.')
  const isDecimal = /^-?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i.test(plain)
  return isDecimal && Number.isFinite(Number(plain)) ? Number(plain) : text
}

/** What a number that is left empty means; undefined where it cannot be. */
export function whenEmpty({ control }: FieldSpec): string | undefined {
  if (control.kind === 'number') return control.empty
  return control.kind === 'integer' && control.optional ? (control.empty ?? 'Automatic') : undefined
}

/** What is wrong with one field, in words with the allowed range, or undefined. */
export function checkField(
  spec: FormSpec,
  field: FieldSpec,
  params: Record<string, unknown>,
  dataset: DatasetShape
): string | undefined {
  const value = params[field.key]
  const { control } = field
  if (control.kind === 'integer' || control.kind === 'number') {
    const max = control.kind === 'integer' ? control.max(params, dataset) : control.max
    const above = control.kind === 'number' && control.exclusiveMin
    const range = above ? `above ${control.min}, up to ${max}` : `${control.min} to ${max}`
    if (value === null && whenEmpty(field) !== undefined) return undefined
    if (typeof value !== 'number') return `A number, ${range}.`
    if (control.kind === 'integer' && !Number.isInteger(value)) return `A whole number, ${range}.`
    const low = above ? value <= control.min : value < control.min
    return low || value > max ? `Allowed: ${range}.` : undefined
  }
  if (control.kind === 'columns' && !control.optional && (!Array.isArray(value) || value.length === 0))
    return 'Choose at least one column.'
  if (control.kind === 'column' && !control.optional && value === null) return 'Choose a column.'
  const checked = spec.params.safeParse(params)
  const issue = checked.success ? undefined : checked.error.issues.find((found) => found.path[0] === field.key)
  return issue && `${issue.message[0]!.toUpperCase()}${issue.message.slice(1)}.`
}

/** Whether a field only waits for something to be typed or chosen: that is asked for, and is no mistake yet. */
export function isWaiting({ control, key }: FieldSpec, params: Record<string, unknown>): boolean {
  const value = params[key]
  if (control.kind === 'conditions' && Array.isArray(value)) {
    return value.some((condition: Record<string, unknown>) => Object.values(condition).some(isBlank))
  }
  return control.kind !== 'either' && isBlank(value)
}

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** True where the parameters can be run: every visible field is right and the spec takes them as a whole. */
export function canRun(spec: FormSpec, params: Record<string, unknown>, dataset: DatasetShape): boolean {
  const visible = spec.fields.filter((field) => field.visible?.(params, dataset) ?? true)
  return (
    visible.every((field) => checkField(spec, field, params, dataset) === undefined) &&
    spec.params.safeParse(params).success
  )
}

/** The same parameters, whatever the order of their keys. */
export function sameParams(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const ordered = (params: Record<string, unknown>): string =>
    JSON.stringify(
      Object.keys(params)
        .sort()
        .map((key) => [key, params[key]])
    )
  return ordered(a) === ordered(b)
}
