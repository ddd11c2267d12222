import type { Dialect, DialectOverrides, Evidence } from '../contract/table.ts'
import { cellRules, readCell } from './cell.ts'
import { signRules, takeSigns, type SignRules } from './number-signs.ts'
import { countOf, writeCount } from './problems.ts'
import type { SampleRow } from './sample.ts'

export type NumberForm = Pick<Dialect, 'decimal' | 'thousands'>
export interface NumberGuess extends NumberForm {
  evidence: Record<'decimal' | 'thousands', Evidence>
}

const forms: NumberForm[] = (['', ',', '.', ' ', "'"] as const)
  .flatMap((thousands) => (['.', ','] as const).map((decimal) => ({ decimal, thousands })))
  .filter(({ decimal, thousands }) => decimal !== thousands)

/** What could be a number in some form and says something about it: digits with a sign between or before them. */
const telling = /^[+-]?(\d{1,3}([ \u00a0\u2009\u202f'\u2019.,]\d{3})+([.,]\d*)?|\d*[.,]\d+)([eE][+-]?\d+)?$/
/** 1,234: a number with three decimals, or a thousand and some. */
const ambiguous = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/
const SIGNS: Record<string, string> = { ',': 'a comma', '.': 'a point', ' ': 'a space', "'": 'an apostrophe' }

/** Decimal sign and thousands separator together: the pair under which the most cells are numbers. Of pairs that do equally
 * well the plainer; where every cell could be read two ways (1,234) the evidence says so. */
export function detectNumbers(
  rows: readonly SampleRow[],
  delimiter: string,
  overrides: Pick<DialectOverrides, 'decimal' | 'thousands'>,
  signs: readonly string[] = []
): NumberGuess {
  const texts = tellingTexts(rows, signRules(signs))
  const counts = countForms(texts, overrides)
  const { form } = best(counts, texts, delimiter, overrides)
  const undecided = [...texts.keys()].find((text) => ambiguous.test(text) && !isSettled(text, texts, delimiter))
  return {
    ...form,
    evidence: { decimal: describeDecimal(form, texts, undecided), thousands: describeGroups(form, texts, undecided) }
  }
}

/** Digits in three parts and more that are no groups of three: an address (10.0.0.1), a version, a date. */
const parts = /^\d+([.,' ])\d+\1\d+/
const groups = /^\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d*)?$/

/** The different texts that could be numbers in some form, with their cells; not of columns of addresses, versions, dates. */
function tellingTexts(rows: readonly SampleRow[], signs: SignRules | null): Map<string, number> {
  const columns: (Map<string, number> | null)[] = []
  for (const { cells } of rows) {
    cells.forEach((cell, i) => {
      const column = columns[i]
      if (column === null) return
      const written = cell.trim()
      const text = (signs && takeSigns(written, signs)?.number) ?? written
      if (parts.test(text) && !groups.test(text)) columns[i] = null
      else if (text.length <= 40 && telling.test(text)) {
        const counts = (columns[i] ??= new Map<string, number>())
        counts.set(text, (counts.get(text) ?? 0) + 1)
      }
    })
  }
  const all = new Map<string, number>()
  for (const column of columns) {
    for (const [text, count] of column ?? []) all.set(text, (all.get(text) ?? 0) + count)
  }
  return all
}

type Counts = { form: NumberForm; count: number }[]

function best(
  counts: Counts,
  texts: ReadonlyMap<string, number>,
  delimiter: string,
  { decimal, thousands }: Pick<DialectOverrides, 'decimal' | 'thousands'>
): Counts[number] {
  const plain = counts[0]!
  const allowed = counts.filter(
    ({ form }) => form.decimal === (decimal ?? form.decimal) && form.thousands === (thousands ?? form.thousands)
  )
  const possible = allowed.filter(({ form }) => thousands !== undefined || mayGroup(form, texts))
  // a comma between fields is seldom one within them: quoted 1,234 is grouped there, and a decimal comma elsewhere
  const grouped = possible.find(({ form }) => form.thousands === ',' && form.decimal === '.')
  const most = Math.max(0, ...possible.map(({ count }) => count))
  if (most === 0) {
    return possible[0] ?? { form: { decimal: decimal ?? '.', thousands: thousands ?? '' }, count: 0 }
  }
  if (delimiter === ',' && grouped?.count === most && plain.count < most) return grouped
  return possible.find(({ count }) => count === most)!
}

/** Blanks between digits group them only where the groups vary as those of numbers do; 123 456 789 in every row is a
 * telephone number. */
function mayGroup({ thousands }: NumberForm, texts: ReadonlyMap<string, number>): boolean {
  if (thousands !== ' ') return true
  const own = [...texts.keys()].filter((text) => /[ \u00a0\u2009\u202f]/.test(text))
  if (own.some((text) => /[\u00a0\u2009\u202f]|[.,]\d*$/.test(text))) return true
  return new Set(own.map((text) => text.replace(/\d{3}(?!\d)/g, '').length)).size > 1
}

/** The cells that are numbers, by form. None is plainer than the first: where all are numbers in it and nobody decided
 * otherwise, the others have no chance, and reading what is no number in them is most of the work. */
function countForms(
  texts: ReadonlyMap<string, number>,
  { decimal, thousands }: Pick<DialectOverrides, 'decimal' | 'thousands'>
): Counts {
  const plain = { form: forms[0]!, count: countNumbers(texts, forms[0]!) }
  let cells = 0
  for (const count of texts.values()) cells += count
  if (decimal === undefined && thousands === undefined && plain.count === cells) return [plain]
  return [plain, ...forms.slice(1).map((form) => ({ form, count: countNumbers(texts, form) }))]
}

function countNumbers(texts: ReadonlyMap<string, number>, form: NumberForm): number {
  const rules = cellRules({ ...form, missingTokens: [] })
  let sum = 0
  for (const [text, count] of texts) if (readCell(text, rules).kind === 'number') sum += count
  return sum
}

/** Whether another cell shows what the sign of 1,234 or 1.234 is, or the file is of the kind in which points are decimal. */
function isSettled(text: string, texts: ReadonlyMap<string, number>, delimiter: string): boolean {
  const sign = text.includes(',') ? ',' : '.'
  if (sign === '.' && delimiter === ',') return true
  for (const other of texts.keys()) {
    if (other.includes(sign) && !ambiguous.test(other)) return true
    if (other.includes(sign === ',' ? '.' : ',') && !ambiguous.test(other)) return true
  }
  return false
}

const say = (text: string, certainty: Evidence['certainty']): Evidence => ({ text, certainty })

function describeDecimal(
  form: NumberForm,
  texts: ReadonlyMap<string, number>,
  undecided: string | undefined
): Evidence {
  let own = 0
  let others = 0
  for (const [text, count] of texts) {
    const isGrouped = form.thousands !== '' && cellRules({ ...form, missingTokens: [] }).grouped?.test(text) === true
    const last = /([.,])\d*([eE][+-]?\d+)?$/.exec(text)?.[1]
    if (last === undefined || (isGrouped && last === form.thousands)) continue
    if (last === form.decimal) own += count
    else others += count
  }
  if (undecided !== undefined) return say(`${undecided} can be read two ways`, 'unsure')
  if (own + others === 0) return say('No number with decimals', 'none')
  const [sign, other] = form.decimal === ',' ? ['a comma', 'a point'] : ['a point', 'a comma']
  const text = `${own === 0 ? 'No cell' : countOf(own, 'cell')} with ${sign}, ${others === 0 ? 'none' : writeCount(others)} with ${other}`
  return say(text, others === 0 ? 'sure' : 'unsure')
}

function describeGroups(form: NumberForm, texts: ReadonlyMap<string, number>, undecided: string | undefined): Evidence {
  const { grouped } = cellRules({ ...form, missingTokens: [] })
  let count = 0
  if (grouped) for (const [text, cells] of texts) if (grouped.test(text)) count += cells
  if (undecided !== undefined) {
    const sign = SIGNS[undecided.includes(',') ? ',' : '.']!
    return say(`${undecided}: ${sign} before decimals, or between thousands`, 'unsure')
  }
  if (count === 0) return say('No digits in groups', 'none')
  return say(`${countOf(count, 'number')} in groups of three`, 'sure')
}
