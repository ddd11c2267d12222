import { z } from 'zod'
import type { DatasetShape } from '../../../../contract/analysis.ts'
import type { StudySpec } from '../../../../contract/study.ts'
import { counted } from '../../../../stats/counted.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'

/** Components that rows are grouped on unless asked otherwise: as many as FactoMineR keeps. */
const USUAL_COMPONENTS = 5
/** More clusters than this nobody describes. */
export const MOST_CLUSTERS = 50
/** Cells that are read to describe clusters, the fitted columns first. */
const MOST_CELLS = 50_000_000

export const clustersParamsSchema = z.object({
  /** rows are grouped on the first so many components */
  nComponents: z.number().int().min(1),
  /** null: as many as the tree suggests */
  nClusters: z.number().int().min(1).max(MOST_CLUSTERS).nullable(),
  /** after the tree is cut, rows move to the cluster they are nearest to, until none does */
  consolidate: z.boolean(),
  /** of the centres that stand for the rows of a large table; others do not use it */
  seed: z.number().int().min(0).max(4294967295)
})
export type ClustersParams = z.infer<typeof clustersParamsSchema>

/** A row of the dataset, 0-based, and its distance in the unit of the scores. */
const distantRowSchema = z.object({ row: z.number().int(), distance: z.number() })

const numberTraitSchema = z.object({
  column: z.string(),
  vTest: z.number(),
  p: z.number(),
  clusterMean: z.number(),
  clusterSd: z.number(),
  mean: z.number(),
  sd: z.number()
})
const categoryTraitSchema = z.object({
  column: z.string(),
  /** null: the cell is missing */
  value: z.string().nullable(),
  vTest: z.number(),
  p: z.number(),
  shareOfCluster: z.number(),
  shareOfAll: z.number(),
  shareOfValue: z.number()
})
export type NumberTrait = z.infer<typeof numberTraitSchema>
export type CategoryTrait = z.infer<typeof categoryTraitSchema>

const clusterSchema = z.object({
  size: z.number().int(),
  /** mean scores on the components used */
  centre: z.array(z.number()),
  /** rows nearest to the centre */
  paragons: z.array(distantRowSchema),
  /** rows furthest from all other centres, with the distance to the nearest of those */
  specific: z.array(distantRowSchema),
  /** what sets it apart (p ≤ 0.05), strongest first; the first of each kind */
  numbers: z.array(numberTraitSchema),
  categories: z.array(categoryTraitSchema),
  /** how many there are of both kinds */
  nTraits: z.number().int()
})
export type ClusterSummary = z.infer<typeof clusterSchema>

/** Everything of a clustering that is small. Inertias are weighted means of squared distances in the unit of the scores. Its
 * arrays: assignment (n: 0-based cluster of each row of the fit); of the tree merge (2 × (leaves − 1)), height and order as R's
 * hclust has them, leafSize (rows of each leaf) and leafCluster (its cluster when the tree is cut, before rows moved); where it
 * is condensed leafOf (n: the leaf each row belongs to, 0-based). */
export const clustersSummarySchema = z.object({
  nSamples: z.number().int(),
  nComponents: z.number().int(),
  nClusters: z.number().int(),
  suggested: z.number().int(),
  /** leaves of the tree: the rows, or, where condensed, centres of them */
  nLeaves: z.number().int(),
  condensed: z.boolean(),
  /** inertia within 1, 2, 3 … clusters of the tree, the first ones; the first is that of all rows */
  within: z.array(z.number()),
  /** inertia within the clusters when the tree was cut, and at the end */
  withinCut: z.number(),
  withinFinal: z.number(),
  /** rounds in which rows moved, and whether that came to an end */
  rounds: z.number().int(),
  settled: z.boolean(),
  /** in the order of their means on the first component */
  clusters: z.array(clusterSchema),
  /** columns that were compared, and why others were not */
  described: z.array(z.string()),
  notes: z.array(z.string())
})
export type ClustersSummary = z.infer<typeof clustersSummarySchema>

/** The columns clusters are described by: those of the fit, then other numbers, categories of few values and booleans. */
export function describedColumns(
  fitted: readonly string[],
  { columns, nRows }: DatasetShape,
  label: string | null
): string[] {
  const others = columns.filter(
    ({ name, type, isRowNumber, distinct }) =>
      !fitted.includes(name) &&
      name !== label &&
      ((type === 'number' && !isRowNumber) ||
        type === 'boolean' ||
        // A category of nearly as many values as rows names them.
        (type === 'category' && 2 * (distinct ?? 0) <= nRows))
  )
  const room = Math.max(0, Math.floor(MOST_CELLS / Math.max(1, nRows)) - fitted.length)
  return [...fitted, ...others.slice(0, room).map(({ name }) => name)]
}

export const clustersSpec: StudySpec<ClustersParams, ClustersSummary, PcaParams, PcaSummary> = {
  kind: 'clusters',
  of: 'pca',
  title: 'Clusters',
  params: clustersParamsSchema,
  summary: clustersSummarySchema,
  defaults: ({ summary }, asked = {}) => ({
    nComponents: Math.min(summary.nComponents, USUAL_COMPONENTS),
    nClusters: null,
    consolidate: true,
    seed: 0,
    ...asked
  }),
  finding: ({ nClusters, clusters }) => {
    const sizes = clusters.map(({ size }) => size)
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
    return `${counted(nClusters, 'cluster')}, of ${least === most ? '' : `${least.toLocaleString('en-US')} to `}${counted(most, 'row')}`
  },
  columnsNeeded: (_params, { columns, label }, dataset) => describedColumns(columns, dataset, label),
  arraysNeeded: ['scores', 'rowsUsed', 'weights']
}
