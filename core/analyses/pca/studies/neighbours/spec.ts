import { z } from 'zod'
import type { StudySpec } from '../../../../contract/study.ts'
import { PREPARED_ARRAYS } from '../../prepared-arrays.ts'
import { pcaSpec, type PcaParams, type PcaSummary } from '../../spec.ts'

/** Rows that are compared with each other: all, or as many drawn at random. */
export const MOST_COMPARED_ROWS = 3000
export const USUAL_NEIGHBOURS = 12

export const neighboursParamsSchema = z.object({
  /** the plane: two components, 0-based; the same twice for a line */
  components: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
  neighbours: z.number().int().min(1).max(100),
  /** a row of the scores whose nearest ones among all rows are wanted, 0-based */
  point: z.number().int().min(0).nullable(),
  /** of the rows that are drawn from a large table; others do not use it */
  seed: z.number().int().min(0).max(4294967295)
})
export type NeighboursParams = z.infer<typeof neighboursParamsSchema>

/** Nearest first: rows of the scores, 0-based, and their distances. */
const nearestSchema = z.object({ points: z.array(z.number().int()), distances: z.array(z.number()) })

/** How far a plane keeps the neighbourhoods of the full space. Arrays: sampled (m; rows of the scores that were compared), kept (m;
 * share of a row's k nearest in the data that are its k nearest in the plane), and for each of
 * inData, inScores (all kept components) and byCosine the m × k nearest rows, nearest first, as rows of the scores, and
 * their distances (inDataDistance …; for byCosine 1 − cosine). */
export const neighboursSummarySchema = z.object({
  components: z.tuple([z.number().int(), z.number().int()]),
  /** k: what was asked for, or fewer where there are few rows */
  neighbours: z.number().int(),
  nCompared: z.number().int(),
  nSamples: z.number().int(),
  /** mean of kept over the rows compared */
  keptShare: z.number(),
  /** Venna & Kaski's T(k), at most 1 */
  trustworthiness: z.number(),
  /** of the point asked for, among all rows */
  chosen: z
    .object({ point: z.number().int(), inData: nearestSchema, inScores: nearestSchema, byCosine: nearestSchema })
    .nullable()
})
export type NeighboursSummary = z.infer<typeof neighboursSummarySchema>

export const neighboursSpec: StudySpec<NeighboursParams, NeighboursSummary, PcaParams, PcaSummary> = {
  kind: 'neighbours',
  of: 'pca',
  title: 'Neighbours kept',
  params: neighboursParamsSchema,
  summary: neighboursSummarySchema,
  defaults: ({ summary }, asked = {}) => ({
    components: [0, Math.min(1, summary.nComponents - 1)],
    neighbours: USUAL_NEIGHBOURS,
    point: null,
    seed: 0,
    ...asked
  }),
  finding: ({ keptShare, neighbours, components: [x, y] }) =>
    `${(100 * keptShare).toFixed(0)} % of the ${neighbours} nearest rows are still near on ${x === y ? `PC${x + 1}` : `PC${x + 1} and PC${y + 1}`}`,
  columnsNeeded: (_params, analysisParams, dataset) => pcaSpec.columnsNeeded(analysisParams, dataset),
  arraysNeeded: [...PREPARED_ARRAYS, 'scores']
}
