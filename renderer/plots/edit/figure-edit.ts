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
  .object({ name, low: bound, high: bound })
  .refine(({ low, high }) => endsProblem(low, high) === null)

/** What a person changed of one plot; null: as the plot has it. */
export const figureEditSchema = z.object({
  /** stands above an exported picture */
  title: name,
  x: axisEditSchema,
  y: axisEditSchema,
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

export const plainEdit: FigureEdit = {
  title: null,
  x: { name: null, low: null, high: null },
  y: { name: null, low: null, high: null },
  points: 1,
  text: USUAL_TEXT,
  legend: true
}
export const plainColours: ResultColours = { mark: null, scale: 'viridis', categories: {} }

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
