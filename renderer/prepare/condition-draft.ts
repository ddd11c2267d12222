import type { Condition } from '../../core/contract/preparation.ts'
import type { ColumnSummary, ColumnType } from '../../core/contract/table.ts'

/** A condition while it is written: what is typed need not be a number yet. */
export interface ConditionDraft extends Record<string, unknown> {
  test: Condition['test']
  /** '' where no column is asked: rows chosen one by one */
  column: string
}

/** What can be asked of a column, as one choice: a comparison by its sign, the others by their words. */
export const testLabels = {
  '<': 'is below',
  '<=': 'is at most',
  '=': 'equals',
  '!=': 'differs from',
  '>=': 'is at least',
  '>': 'is above',
  between: 'lies between',
  oneOf: 'is one of',
  notOneOf: 'is none of',
  contains: 'contains',
  notContains: 'does not contain',
  begins: 'begins with',
  reads: 'reads',
  missing: 'is missing',
  present: 'is not missing'
} as const
export type TestChoice = keyof typeof testLabels

const comparisons: TestChoice[] = ['<', '<=', '=', '!=', '>=', '>', 'between']
/** the same comparisons, of days */
const dateLabels: Partial<Record<TestChoice, string>> = {
  '<': 'is before',
  '<=': 'is at the latest',
  '=': 'is',
  '!=': 'is not',
  '>=': 'is at the earliest',
  '>': 'is after'
}
const words: TestChoice[] = ['oneOf', 'notOneOf', 'contains', 'notContains', 'begins', 'reads']

/** What can be asked of a column of a type, in the order of the menu. */
export function choicesFor(type: ColumnType): { value: TestChoice; label: string }[] {
  const byType: Partial<Record<ColumnType, TestChoice[]>> = {
    number: [...comparisons, 'oneOf', 'notOneOf'],
    date: [...comparisons, ...words]
  }
  const fitting = byType[type] ?? words
  const labels = type === 'date' ? { ...testLabels, ...dateLabels } : testLabels
  return [...fitting, 'missing' as const, 'present' as const].map((value) => ({ value, label: labels[value] }))
}

/** Which choice a draft is. */
export function choiceOf(draft: ConditionDraft): TestChoice {
  const negated = draft['negated'] === true
  if (draft.test === 'compare') return draft['operator'] as TestChoice
  if (draft.test === 'oneOf') return negated ? 'notOneOf' : 'oneOf'
  if (draft.test === 'contains') {
    const { place } = draft
    return place === 'begin' ? 'begins' : place === 'whole' ? 'reads' : negated ? 'notContains' : 'contains'
  }
  if (draft.test === 'missing') return negated ? 'present' : 'missing'
  return 'between'
}

/** The same column asked another way; what was typed is kept where it fits. */
export function chooseTest(
  draft: ConditionDraft,
  choice: TestChoice,
  column: ColumnSummary | undefined
): ConditionDraft {
  const base = { column: draft.column }
  const low = column?.min ?? (column?.type === 'date' ? '' : 0)
  switch (choice) {
    case 'between':
      return { ...base, test: 'between', from: draft['from'] ?? low, to: draft['to'] ?? column?.max ?? low }
    case 'oneOf':
    case 'notOneOf':
      return { ...base, test: 'oneOf', values: draft['values'] ?? [], negated: choice === 'notOneOf' }
    case 'contains':
    case 'notContains':
    case 'begins':
    case 'reads': {
      const place = choice === 'begins' ? 'begin' : choice === 'reads' ? 'whole' : 'anywhere'
      return { ...base, test: 'contains', text: draft['text'] ?? '', place, negated: choice === 'notContains' }
    }
    case 'missing':
    case 'present':
      return { ...base, test: 'missing', negated: choice === 'present' }
    default:
      return { ...base, test: 'compare', operator: choice, value: draft['value'] ?? low }
  }
}

/** Numbers and dates come before and after each other. */
export const isOrdered = ({ type }: Pick<ColumnSummary, 'type'>): boolean => type === 'number' || type === 'date'

/** A condition to begin with: at least the smallest number, or one of the values. */
export function beginCondition(column: ColumnSummary): ConditionDraft {
  return chooseTest({ test: 'missing', column: column.name }, isOrdered(column) ? '>=' : 'oneOf', column)
}

/** The values of a column where all of them are known: few enough to be ticked. */
export function knownValues(column: ColumnSummary | undefined): string[] | null {
  const top = column?.topValues
  if (!top || column.type === 'number' || column.distinctIsLowerBound) return null
  return column.distinct === top.length ? top.map(({ value }) => value) : null
}

/** "a, b" as a list; a value with a comma in it stands in quotes. */
export function readValues(text: string): string[] {
  const parts = text.match(/\s*"([^"]|"")*"\s*|[^,]+/g) ?? []
  return parts
    .map((part) => part.trim())
    .map((part) => (/^".*"$/.test(part) ? part.slice(1, -1).replaceAll('""', '"') : part))
    .filter((part) => part !== '')
}

/** The inverse of readValues. */
export function writeValues(values: readonly string[]): string {
  return values.map((value) => (/[",]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(', ')
}
