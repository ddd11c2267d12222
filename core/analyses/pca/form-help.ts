import type { DatasetShape } from '../../contract/analysis.ts'
import { roleOf } from '../../contract/preparation.ts'
import { counted } from '../../stats/counted.ts'
import type { PcaSolver } from '../../stats/pca-solver.ts'
import type { Scale } from './scales.ts'
import { namesIn } from './settle.ts'

/** Each scale in one plain sentence. */
export const SCALE_HELP: Record<Scale, string> = {
  none: 'Columns keep their units: components of the covariance matrix; a column with large numbers leads.',
  unit: 'Each column counts the same: components of the correlation matrix.',
  pareto: 'Columns are divided by the root of their standard deviation: large ones still lead, but less.',
  range:
    'Columns are divided by their range, largest less smallest: all spread over the same interval; outliers shrink theirs.',
  robust: 'Columns are divided by their median absolute deviation: outliers do not decide how much a column counts.'
}

export const CENTRE_HELP: Record<'mean' | 'median' | 'none', string> = {
  mean: 'Components describe differences from the average row.',
  median: 'Components describe differences from the row of medians, which outliers do not move.',
  none: 'Nothing is subtracted: the first component then mostly points at the average row.'
}

export const MISSING_HELP: Record<'drop' | 'mean' | 'iterative', string> = {
  drop: 'A row with a missing cell is left out.',
  mean: 'A missing cell takes the mean of its column.',
  iterative: 'A missing cell takes what regularized components say of it, fitted again until nothing moves.'
}

export const SOLVER_HELP: Record<'auto' | PcaSolver, string> = {
  auto: 'The fastest of the exact ones for this many rows, columns and components.',
  'eigh-covariance': 'Eigenvectors of columns × columns: exact; every eigenvalue, or the first where few are kept.',
  'eigh-gram': 'Eigenvectors of rows × rows: exact, and small where there are few rows.',
  krylov: 'Products of the table with a few vectors, repeated until exact: for few components of a large table.',
  randomized: 'As Krylov, stopped after five rounds: an approximation, good where the first components stand out.'
}

/** A column with this share of the variance of all decides the first component alone. */
const LEADER_SHARE = 0.5

/** The column with more than half of the variance where none is scaled, if there is one, and its share.
 * The spread is that of all rows of the dataset, those without a cell in another column included. */
function leaderOf(params: Record<string, unknown>, dataset: DatasetShape): { name: string; share: number } | undefined {
  const chosen = new Set(namesIn(params['columns']))
  if (params['scale'] !== 'none' || chosen.size < 2) return undefined
  const variances = dataset.columns
    .filter(({ name }) => chosen.has(name))
    .map(({ name, sd = 0 }) => ({ name, variance: sd * sd }))
  const total = variances.reduce((sum, { variance }) => sum + variance, 0)
  const leader = variances.find(({ variance }) => variance > LEADER_SHARE * total)
  return leader && { name: leader.name, share: leader.variance / total }
}

/** "97 %"; what would be rounded to all of it is nearly all. */
export function shareWords(share: number): string {
  const percent = Math.round(100 * share)
  return percent >= 100 ? 'nearly all' : `${percent}\u00a0%`
}

/** Which column leads where none is scaled, if one does. */
export function leaderHelp(params: Record<string, unknown>, dataset: DatasetShape): string | undefined {
  const leader = leaderOf(params, dataset)
  return (
    leader &&
    `Columns keep their units: components of the covariance matrix; ${leader.name} leads with ${shareWords(leader.share)} of the variance.`
  )
}

/** What is done with missing cells, and how many rows that costs at least where they are left out. */
export function missingHelp(params: Record<string, unknown>, dataset: DatasetShape): string {
  const way = params['missing'] as keyof typeof MISSING_HELP
  const chosen = new Set(namesIn(params['columns']))
  const most = dataset.columns.reduce(
    (least, { name, missing }) => (chosen.has(name) ? Math.max(least, missing) : least),
    0
  )
  if (way !== 'drop' || most === 0) return MISSING_HELP[way]
  return `A row with a missing cell is left out: at least ${most.toLocaleString('en-US')} of ${counted(dataset.nRows, 'row')}.`
}

/** Why columns of numbers are left out at first, or what else to know of the choice. */
export function columnsHelp(dataset: DatasetShape): string {
  const numbers = dataset.columns.filter(({ type }) => type === 'number')
  const counting = numbers.filter(({ name, isRowNumber }) => isRowNumber && roleOf(dataset, name) === undefined)
  const [naming, grouping] = (['label', 'group'] as const).map((role) =>
    numbers.filter(({ name }) => roleOf(dataset, name) === role)
  )
  const reasons = [
    [counting, 'only counts the rows', 'only count the rows'],
    [naming, 'only names the rows', 'only name the rows'],
    [grouping, 'says which group a row is of', 'say which group a row is of']
  ] as const
  const said = reasons.flatMap(([columns = [], one, many]) =>
    columns.length === 0 ? [] : [`${columns.map(({ name }) => name).join(', ')} ${columns.length === 1 ? one : many}`]
  )
  return said.length > 0
    ? `${said.join(', ')}: left out at first.`
    : 'Numeric columns; others can colour and name the points.'
}
