import { lossCurves } from '../../../../core/analyses/factorization/figures/loss-curves.ts'
import { tripleOf, type LittleFit } from '../../../../core/analyses/factorization/figures/three-fits.ts'
import type { FactorizationSummary } from '../../../../core/analyses/factorization/spec.ts'
import { cornerOf, GAP } from '../../../../core/analyses/pca/figures/matrix-corner.ts'
import { formatCount } from '../../../ui/format.ts'
import { along, joined, partOf, type MatrixView } from '../../math/matrix-view.ts'
import { factorNames } from './factor-names.ts'
import type { FactorMath, WrittenUser } from './factor-math.svelte.ts'

/** Ratings of a user, and columns of a system, that are shown. */
const MOST_RATED = 4
const MOST_UNKNOWNS = 6
/** Sweeps that are shown. */
const MOST_SWEEPS = 6

type Little = NonNullable<FactorMath['little']>
type Names = NonNullable<FactorMath['names']>

/** A matrix of the users and items shown. */
export function littleView(
  label: string,
  little: Little,
  names: Names,
  values: ArrayLike<number>,
  look: { signed: boolean; decimals?: 'shortest'; chosen?: number }
): MatrixView {
  const { users, items } = little
  return {
    label,
    columnNames: items.map((item) => names.items[item]!),
    rows: users.map((user, row) => ({
      name: names.users[user]!,
      values: items.map((_, column) => values[row * items.length + column]!),
      hot: user === look.chosen,
      ...(look.decimals && { decimals: look.decimals })
    })),
    signed: look.signed,
    note: joined(partOf(users, names.users.length, 'users'), partOf(items, names.items.length, 'items'))
  }
}

/** Some rows of P, or of Q turned on its side. */
export function sideView(
  label: string,
  names: readonly string[],
  factors: ArrayLike<number>,
  nFactors: number,
  corner: readonly number[],
  turned: boolean
): MatrixView {
  const at = (row: number, k: number): number => factors[row * nFactors + k]!
  const note = partOf(corner, nFactors, 'factors')
  if (turned) {
    const rows = factorNames(corner).map((name, place) => ({
      name,
      values: names.map((_, row) => (corner[place] === GAP ? null : at(row, corner[place]!)))
    }))
    return { label, columnNames: [...names], rows, signed: true, note }
  }
  const rows = names.map((name, row) => ({ name, values: along(corner, (k) => at(row, k)) }))
  return { label, columnNames: factorNames(corner), rows, signed: true, note }
}

/** One number for each of some users or items. */
export function lineView(label: string, name: string, names: readonly string[], values: readonly number[]): MatrixView {
  return { label, columnNames: [...names], rows: [{ name, values: [...values] }], signed: true, note: '' }
}

/** Names of the coordinates that are solved for. */
const unknownNames = (corner: readonly number[], nFactors: number): string[] =>
  corner.map((a) => (a === GAP ? '' : a < nFactors ? `factor ${a + 1}` : 'bias'))

export interface StepViews {
  rated: MatrixView
  gram: MatrixView
  right: MatrixView
  lower: MatrixView
  solution: MatrixView
}

/** What one step is made of: a few of the ratings, and the corner of its system. */
export function stepViews(written: WrittenUser, names: Names, nFactors: number): StepViews {
  const { step, items, values, factors, stored, rule } = written
  const corner = cornerOf(step.size, MOST_UNKNOWNS, rule.withBias ? [step.size - 1] : [])
  const unknowns = unknownNames(corner, nFactors)
  const note = partOf(corner, step.size, 'unknowns')
  const shown = cornerOf(items.length, MOST_RATED)
  const coordinate = (t: number, a: number): number => (a < nFactors ? factors[t * nFactors + a]! : 1)
  const square = (label: string, matrix: ArrayLike<number>): MatrixView => ({
    label,
    columnNames: unknowns,
    rows: corner.map((a, at) => ({
      name: unknowns[at]!,
      values: corner.map((b) => (a === GAP || b === GAP ? null : matrix[a * step.size + b]!))
    })),
    signed: true,
    note
  })
  const line = (name: string, vector: ArrayLike<number>) => ({ name, values: along(corner, (a) => vector[a]!) })
  return {
    rated: {
      label: 'What the user rated: the rating, what is left for the factors, and the items’ coordinates',
      columnNames: ['rating', 'target', ...unknowns],
      rows: shown.map((t) => ({
        name: t === GAP ? '' : names.items[items[t]!]!,
        values:
          t === GAP
            ? [null, null, ...corner.map(() => null)]
            : [values[t]!, step.targets[t]!, ...along(corner, (a) => coordinate(t, a))]
      })),
      signed: false,
      note: joined(partOf(shown, items.length, 'ratings'), note)
    },
    gram: square('A of the user', step.gram),
    lower: square('L of the user', step.lower),
    right: {
      label: 'Right side of the user',
      columnNames: unknowns,
      rows: [line('b', step.right)],
      signed: true,
      note: ''
    },
    solution: {
      label: 'What the step gives, and what is stored',
      columnNames: unknowns,
      rows: [line('p', step.solution), line('stored', stored)],
      signed: true,
      note: ''
    }
  }
}

/** How the loss and its parts fell, from the first sweep to the last; null without sweeps. */
export function lossView(summary: FactorizationSummary): MatrixView | null {
  const { history } = summary
  if (history.length === 0) return null
  const corner = cornerOf(history.length, MOST_SWEEPS)
  const row = (name: string, valueOf: (sweep: (typeof history)[number]) => number) => ({
    name,
    values: along(corner, (at) => valueOf(history[at]!)),
    decimals: 'each' as const
  })
  const curves = lossCurves(summary)
  const tested = history.some(({ testRmse }) => testRmse !== null)
  return {
    label: 'What the sweeps made smaller',
    columnNames: corner.map((at) => (at === GAP ? '' : formatCount(history[at]!.iteration))),
    rows: [
      ...curves.map(({ name, whole, values }, part) => ({
        name: whole ? name : `${part === 1 ? '=' : '+'} ${name}`,
        values: along(corner, (at) => values[at]!),
        decimals: 'each' as const
      })),
      row('RMSE, training', ({ trainRmse }) => trainRmse),
      ...(tested ? [row('RMSE, held out', ({ testRmse }) => testRmse ?? NaN)] : [])
    ],
    signed: false,
    note: partOf(corner, history.length, 'sweeps')
  }
}

/** U, Σ and Vᵀ of the little matrix with zeros, from its two factors. */
export function tripleViews(
  fit: LittleFit,
  users: readonly string[],
  items: readonly string[]
): { title: string; view: MatrixView }[] {
  const { left, singular, right } = tripleOf(fit)
  const axes = ['1', '2']
  const view = (label: string, columnNames: readonly string[], rows: MatrixView['rows']): MatrixView => ({
    label,
    columnNames: [...columnNames],
    rows,
    signed: true,
    note: ''
  })
  const userRows = users.map((name, i) => ({ name, values: [left[2 * i]!, left[2 * i + 1]!] }))
  const values = axes.map((name, k) => ({ name, values: axes.map((_, l) => (k === l ? singular[k as 0 | 1] : 0)) }))
  const itemRows = axes.map((name, k) => ({ name, values: items.map((_, j) => right[2 * j + k]!) }))
  return [
    { title: 'U', view: view('U: the users, unit columns', axes, userRows) },
    { title: 'Σ', view: view('Σ: the singular values', axes, values) },
    { title: 'Vᵀ', view: view('Vᵀ: the items, unit rows', items, itemRows) }
  ]
}
