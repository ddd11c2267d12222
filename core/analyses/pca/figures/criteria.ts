import type { CriteriaSummary, Criterion } from '../studies/criteria/spec.ts'

/** A rule for the number of components as a table shows it. */
export interface CriterionRow {
  criterion: Criterion
  name: string
  /** one sentence: what the rule looks at, or why it has no answer */
  help: string
  /** null: it has no answer */
  suggested: number | null
}

const NAMES: Record<Criterion, string> = {
  parallel: 'Parallel analysis',
  press: 'Cross-validation',
  gcv: 'Generalized cross-validation',
  mle: 'Minka’s evidence',
  kaiser: 'Kaiser criterion',
  brokenStick: 'Broken stick'
}

/** The most reliable first: what permutes or leaves out, then what weighs the evidence, then rules of thumb. */
const ORDER: readonly Criterion[] = ['parallel', 'press', 'gcv', 'mle', 'kaiser', 'brokenStick']

const decimal = (value: number): string =>
  Number(value.toPrecision(3)).toLocaleString('en-US', { maximumSignificantDigits: 3 })

/** Every rule with its answer, in one order. */
export function criterionRows(found: CriteriaSummary): CriterionRow[] {
  const { parallel, press, kaiser } = found
  const help: Record<Criterion, string> = {
    parallel: parallel
      ? `Above ${decimal(parallel.percentile)} % of ${parallel.permutations.toLocaleString('en-US')} tables with shuffled columns.`
      : '',
    press: press ? `Cells left out are predicted best; ${press.folds} folds.` : '',
    gcv: 'The corrected residual stops falling.',
    mle: 'The most probable number, given the table.',
    kaiser: kaiser ? `More variance than the average column, ${decimal(kaiser.mean)}.` : '',
    brokenStick: 'Larger shares than pieces of a broken stick.'
  }
  return ORDER.map((criterion) => {
    const answer = found[criterion]
    return {
      criterion,
      name: NAMES[criterion],
      help: answer ? help[criterion] : (found.reasons[criterion] ?? ''),
      suggested: answer?.suggested ?? null
    }
  })
}

/** What the rules say together: "most say 2", "1 to 3". '' where none has an answer. */
export function agreementOf(rows: readonly CriterionRow[]): string {
  const answers = rows.flatMap((row) => row.suggested ?? [])
  if (answers.length === 0) return ''
  const [low, high] = [Math.min(...answers), Math.max(...answers)]
  if (low === high) return `all say ${low}`
  const most = answers.find((value) => 2 * answers.filter((other) => other === value).length > answers.length)
  return most === undefined ? `${low} to ${high}` : `most say ${most}`
}

/** Kaiser's words for a KMO. Source: Kaiser, Psychometrika 39 (1974) 35. */
export function kmoWord(kmo: number): string {
  if (kmo >= 0.9) return 'marvelous'
  if (kmo >= 0.8) return 'meritorious'
  if (kmo >= 0.7) return 'middling'
  if (kmo >= 0.6) return 'mediocre'
  return kmo >= 0.5 ? 'miserable' : 'unacceptable'
}
