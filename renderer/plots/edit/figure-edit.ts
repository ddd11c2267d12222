import { z } from 'zod'
import { COLOUR_SCALES } from '../colour-scales.ts'

/** px of the text of a plot where nothing else was asked for. */
export const USUAL_TEXT = 11
export const TEXT_SIZES = [8, 24] as const
/** times the usual diameter of marks */
export const POINT_SIZES = [0.25, 5] as const
/** Beyond this, ticks cannot be written; nearer together than this share of themselves, ends of an axis are one number. */
const LARGEST = 1e100
const CLOSEST = 1e-9

const bound = z.number().min(-LARGEST).max(LARGEST).nullable()
const name = z.string().max(200).nullable()
const axisEditSchema = z
  .object({
    name,
    low: bound,
    high: bound,
    /** what the axis was called by itself when it was changed: of another axis nothing is changed; null: of any */
    of: z.string().nullable().default(null)
  })
  .refine(({ low, high }) => endsProblem(low, high) === null)

/** What a person changed of one plot; null: as the plot has it. */
export const figureEditSchema = z.object({
  /** stands above an exported picture */
  title: name,
  x: axisEditSchema,
  y: axisEditSchema,
  /** of a drawing that has more axes than two: by what one is called by itself */
  own: z.record(z.string(), axisEditSchema).default({}),
  points: z.number().min(POINT_SIZES[0]).max(POINT_SIZES[1]),
  /** px */
  text: z.number().min(TEXT_SIZES[0]).max(TEXT_SIZES[1]),
  legend: z.boolean()
})
export type FigureEdit = z.infer<typeof figureEditSchema>
export type AxisEdit = FigureEdit['x']

const hexSchema = z.templateLiteral(['#', z.string().regex(/^[0-9a-f]{6}$/i)])

/** The colours of a result, in all of its plots: a category keeps its colour wherever it is seen. */
export const resultColoursSchema = z.object({
  /** of a single series; null: the usual one */
  mark: hexSchema.nullable(),
  /** of numbers */
  scale: z.enum(COLOUR_SCALES),
  /** by column, then by value */
  categories: z.record(z.string(), z.record(z.string(), hexSchema))
})
export type ResultColours = z.infer<typeof resultColoursSchema>

/** An axis among those of a drawing. */
export interface AxisPlace {
  which: 'x' | 'y' | 'own'
  /** what it is called by itself, where there are more than two */
  id: string
}

const plainAxis: AxisEdit = { name: null, low: null, high: null, of: null }
export const plainEdit: FigureEdit = {
  title: null,
  x: plainAxis,
  y: plainAxis,
  own: {},
  points: 1,
  text: USUAL_TEXT,
  legend: true
}
export const plainColours: ResultColours = { mark: null, scale: 'viridis', categories: {} }

/** The edit as it holds for a plot whose axes have these names by themselves: where another component is shown now, its axis
 * is as it always was, neither called nor cut like the one before. */
export function editFor(edit: FigureEdit, names: readonly [string, string] | undefined): FigureEdit {
  const own = (axis: AxisEdit, name: string | undefined): AxisEdit =>
    axis.of === null || name === undefined || axis.of === name ? axis : plainAxis
  return { ...edit, x: own(edit.x, names?.[0]), y: own(edit.y, names?.[1]) }
}

/** What was changed of one axis, by where it lies or what it is called by itself. */
export const axisEditOf = (edit: FigureEdit, { which, id }: AxisPlace): AxisEdit =>
  which === 'own' ? (edit.own[id] ?? plainAxis) : edit[which]

/** An edit with another one of an axis; an axis that is as it was is not remembered. */
export function withAxisEdit(edit: FigureEdit, { which, id }: AxisPlace, next: AxisEdit): FigureEdit {
  if (which !== 'own') return { ...edit, [which]: next }
  const own = Object.entries({ ...edit.own, [id]: { ...next, of: null } })
  const changed = own.filter(([, { name, low, high }]) => name !== null || low !== null || high !== null)
  return { ...edit, own: Object.fromEntries(changed) }
}

/** Why two ends are no axis, in words; null where they are one. */
export function endsProblem(low: number | null, high: number | null): string | null {
  if (low === null || high === null) return null
  if (low >= high) return 'The end must be larger than the start.'
  return high - low < CLOSEST * Math.max(Math.abs(low), Math.abs(high)) ? 'Start and end are too close together.' : null
}

/** A number as a person types it, with a comma or a true minus too; null where the field is empty, NaN where it is none. */
export function typedNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.').replace('−', '-')
  return plain === '' ? null : Number(plain)
}

/** Why a typed end of an axis is none; null where it is one. */
export function boundProblem(typed: number | null): string | null {
  if (typed === null) return null
  if (Number.isNaN(typed)) return 'Not a number. Leave it empty for the automatic one.'
  return Math.abs(typed) <= LARGEST ? null : 'Too large for an axis.'
}

/** Why a typed size is none; null where it is one. */
export function sizeProblem(typed: number | null, [least, most]: readonly [number, number]): string | null {
  return typed !== null && typed >= least && typed <= most ? null : `${least} to ${most}.`
}
