import type { z } from 'zod'
import { EigendeskError } from '../contract/errors.ts'

/** Parameters validated by their schema.
 * @param labelOf what a field is called on the form
 * @throws INVALID_PARAMETER naming the field */
export function checkParams<T>(schema: z.ZodType<T>, asked: unknown, labelOf: (key: string) => string): T {
  const parsed = schema.safeParse(asked)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw new EigendeskError('INVALID_PARAMETER', {
    field: labelOf(String(issue.path[0] ?? '')),
    reason: reasonOf(issue)
  })
}

/** What is wrong with a value, without the schema's own vocabulary. */
function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.origin === 'number') {
    return `must be ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`
  }
  if (issue.code === 'too_big' && issue.origin !== 'array') {
    return `must be ${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`
  }
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'must be a whole number'
  if (issue.code === 'invalid_type') return `must be a ${issue.expected}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1)
}
