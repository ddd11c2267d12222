import type { DampedMean } from '../../../../core/analyses/factorization/figures/damped-mean.ts'
import type { NonnegativeStep } from '../../../../core/analyses/factorization/figures/nonnegative-step.ts'
import type { CosineStep, WeightStep } from '../../../../core/analyses/factorization/figures/pair-step.ts'
import type { RatingStep, StepOfRating } from '../../../../core/analyses/factorization/figures/rating-step.ts'
import { cornerOf, GAP } from '../../../../core/analyses/pca/figures/matrix-corner.ts'
import { formatCell, formatCount, formatSignificant } from '../../../ui/format.ts'
import { formatFactor, formatSigned } from '../../math/math-words.ts'
import { along, partOf, type MatrixView } from '../../math/matrix-view.ts'
import { factorNames } from './factor-names.ts'

/** A step of a method for a few numbers of this data, written out. */
export interface Worked {
  views: MatrixView[]
  /** arithmetic, a line each */
  lines: string[]
  /** how far what is computed here is from what is stored; null where the step goes on from there */
  difference: number | null
  /** what the numbers say */
  answer: string
}

const MOST_FACTORS = 6
const signed = (value: number): string => formatSigned(value, 3)
/** A number that was given, as it was given: 4 and 3.5 are written so. */
function given(value: number): string {
  const [exact, rounded] = [formatCell(value, undefined), formatFactor(value)]
  return exact.length < rounded.length ? exact : rounded
}
/** With more digits where it would look like the other. */
const apart = (value: number, other: number): string =>
  signed(value) === signed(other) ? formatSigned(value, null) : signed(value)
const less = (value: number): string => `${value < 0 ? '+' : '−'} ${formatFactor(Math.abs(value))}`

/** Rows of factors side by side, the first few and the last. */
function factorRows(
  label: string,
  nFactors: number,
  rows: readonly (readonly [string, ArrayLike<number>])[]
): MatrixView {
  const corner = cornerOf(nFactors, MOST_FACTORS)
  return {
    label,
    columnNames: factorNames(corner),
    rows: rows.map(([name, values]) => ({ name, values: along(corner, (k) => values[k]!) })),
    signed: true,
    note: partOf(corner, nFactors, 'factors')
  }
}

export function workedRating(step: RatingStep, rating: StepOfRating, item: string, nFactors: number): Worked {
  const { value, implicit } = rating
  const set = implicit && step.implicit ? ([implicit, step.implicit] as const) : null
  return {
    views: [
      factorRows('Both sides before and after the step', nFactors, [
        ['p', rating.own],
        ['p after', step.own],
        ...(set
          ? ([
              ['Σ y / √n', set[0]],
              ['Σ y / √n after', Float64Array.from(set[1], (added, k) => set[0][k]! + added)]
            ] as const)
          : []),
        ['q', rating.item],
        ['q after', step.item]
      ])
    ],
    lines: [
      `${item}: e = ${given(value)} ${less(step.predicted)} = ${signed(step.error)}`,
      `γ = ${formatFactor(step.step)}, g = ${formatFactor(step.pull)}`,
      `b_u ${signed(rating.userBias)} → ${signed(step.userBias)}, b_i ${signed(rating.itemBias)} → ${signed(step.itemBias)}`
    ],
    difference: null,
    answer: `After this one step the rating is off by ${apart(step.errorAfter, step.error)} instead of ${apart(step.error, step.errorAfter)}; the other ratings pull elsewhere.`
  }
}

export function workedCoordinates({ ridge, updates, moved }: NonnegativeStep): Worked {
  const corner = cornerOf(updates.length, MOST_FACTORS)
  const row = (name: string, valueOf: (update: (typeof updates)[number]) => number) => ({
    name,
    values: along(corner, (k) => valueOf(updates[k]!)),
    decimals: 'row' as const
  })
  return {
    views: [
      {
        label: 'What each coordinate is before, and its best value',
        columnNames: factorNames(corner),
        rows: [
          row('p', ({ before }) => before),
          row('Σ e q', ({ pull }) => pull),
          row('Σ q²', ({ squares }) => squares),
          row('best', ({ best }) => best)
        ],
        signed: false,
        note: partOf(corner, updates.length, 'factors')
      }
    ],
    lines: [`λ√n = ${formatFactor(ridge)}`],
    difference: null,
    answer: `Each coordinate as if it were the next; the largest move is ${moved === 0 ? '0' : formatSignificant(moved, 2)}, so near is the fit to where nothing moves.`
  }
}

export function workedMean(
  { rest, sum, shrinkage, bias }: DampedMean,
  stored: number,
  items: readonly string[]
): Worked {
  const corner = cornerOf(rest.length, MOST_FACTORS)
  return {
    views: [
      {
        label: 'What each rating of the user is beyond the mean and the item',
        columnNames: corner.map((t) => (t === GAP ? '' : items[t]!)),
        rows: [{ name: 'r − μ − b_i', values: along(corner, (t) => rest[t]!) }],
        signed: true,
        note: partOf(corner, rest.length, 'ratings')
      }
    ],
    lines: [`b_u = ${signed(sum)} / (${shrinkage} + ${formatCount(rest.length)}) = ${signed(bias)}`],
    difference: Math.abs(bias - stored),
    answer: ''
  }
}

/** Terms of a score that are written out. */
const MOST_TERMS = 4

/** "score of j for u = 0.31 (A) + 0.12 (B) + 40 others 0.2 = 0.63" */
export function sumLine(item: string, user: string, terms: readonly { label: string; value: number }[]): string {
  const sorted = [...terms].sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
  const shown = sorted.slice(0, MOST_TERMS).map(({ label, value }) => `${signed(value)} (${label})`)
  const rest = sorted.slice(MOST_TERMS)
  const others =
    rest.length > 0
      ? [`${signed(rest.reduce((sum, { value }) => sum + value, 0))} (${formatCount(rest.length)} others)`]
      : []
  const total = terms.reduce((sum, { value }) => sum + value, 0)
  return `${item} for ${user}: ${[...shown, ...others].join(' ') || '0'} = ${formatFactor(total)}`
}

export function workedWeight(step: WeightStep, names: readonly [string, string], stored: number, sum: string): Worked {
  const [i, j] = names
  return {
    views: [],
    lines: [
      `i = ${i}, j = ${j}`,
      `1 / P_ii = λ + Σ (1 − r̂_ui) over who has i = ${formatFactor(step.ofFirst)}; 1 / P_jj = ${formatFactor(step.ofSecond)}`,
      `P_ij = P_ji = −B_ji · P_ii = ${formatSignificant(step.between, 4)}`,
      `B_ij = −P_ij / P_jj = ${formatSignificant(-step.between, 4)} / ${formatSignificant(step.own, 4)} = ${signed(step.weight)}`,
      sum
    ],
    difference: Math.abs(step.weight - stored),
    answer: ''
  }
}

export function workedCosine(
  { counts, together, similarity }: CosineStep,
  names: readonly [string, string],
  shrinkage: number,
  stored: number,
  sum: string
): Worked {
  return {
    views: [],
    lines: [
      `i = ${names[0]}, j = ${names[1]}`,
      `${formatCount(counts[0])} have i, ${formatCount(counts[1])} have j, ${formatCount(together)} have both`,
      `s_ij = ${formatCount(together)} / (√(${formatCount(counts[0])} · ${formatCount(counts[1])}) + ${given(shrinkage)}) = ${formatFactor(similarity)}`,
      sum
    ],
    difference: Math.abs(similarity - stored),
    answer: ''
  }
}
