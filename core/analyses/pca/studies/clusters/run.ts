import type { AnalysisResult, ResultArray } from '../../../../contract/analysis.ts'
import { EigendeskError } from '../../../../contract/errors.ts'
import type { StudyRun } from '../../../../contract/study.ts'
import { partOf, type Watch } from '../../../../linalg/watch.ts'
import {
  clusterPoints,
  CONDENSED_CENTRES,
  TREE_LIMIT,
  type Clustering
} from '../../../../stats/clustering/cluster-points.ts'
import { typicalRows } from '../../../../stats/clustering/typical-rows.ts'
import { counted } from '../../../../stats/counted.ts'
import type { PcaStudyInput } from '../../prepared.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'
import { describeClusters } from './describe.ts'
import type { ClustersParams, ClustersSummary } from './spec.ts'

/** Numbers of clusters whose inertia is told. */
const MOST_WITHIN = 30
const TYPICAL_ROWS = 5

/** Groups the rows of a PCA on its first components.
 * @returns the arrays named in clustersSummarySchema
 * @throws INVALID_PARAMETER where more components are asked for than the result has
 * Source: Husson, Josse & Pagès (2010), as FactoMineR's HCPC; see core/stats/clustering. */
export const runClusters: StudyRun<PcaParams, PcaSummary, ClustersParams, ClustersSummary> = (
  input,
  params,
  context
) => {
  const { nComponents } = params
  if (nComponents > input.summary.nComponents) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Components',
      reason: `the result has ${counted(input.summary.nComponents, 'component')}`,
      limit: `1 to ${input.summary.nComponents}`
    })
  }
  let phase = 'Building the tree'
  const watch: Watch = { checkpoint: context.checkpoint, progress: (fraction) => context.progress(phase, fraction) }
  const points = firstComponents(input, nComponents)
  const weights = (input.array('weights')?.data ?? null) as Float64Array | null
  const rows = input.array('rowsUsed')!.data as Int32Array
  const found = clusterPoints(points, nComponents, weights, params, partOf(watch, 0, 0.8))
  const nClusters = found.centres.length / nComponents
  phase = 'Describing the clusters'
  const describing = partOf(watch, 0.8, 1)
  const { described, traits } = describeClusters(input, rows, weights, found.assignment, nClusters, describing)
  const typical = typicalRows(points, nComponents, found.assignment, found.centres, TYPICAL_ROWS, describing)
  const sizes = new Int32Array(nClusters)
  for (const q of found.assignment) sizes[q]!++
  const toRows = (list: { point: number; distance: number }[]): { row: number; distance: number }[] =>
    list.map(({ point, distance }) => ({ row: rows[point]!, distance }))
  const summary: ClustersSummary = {
    nSamples: rows.length,
    nComponents,
    nClusters,
    suggested: found.suggested,
    nLeaves: found.leafSize.length,
    condensed: found.leafOf !== null,
    within: Array.from(found.within.subarray(0, MOST_WITHIN)),
    withinCut: found.withinCut,
    withinFinal: found.withinFinal,
    rounds: found.rounds,
    settled: found.settled,
    clusters: typical.map(({ paragons, specific }, q) => ({
      size: sizes[q]!,
      centre: Array.from(found.centres.subarray(q * nComponents, (q + 1) * nComponents)),
      paragons: toRows(paragons),
      specific: toRows(specific),
      ...traits[q]!
    })),
    described,
    notes: notesOf(found, params, rows.length, nClusters)
  }
  return { summary, arrays: arraysOf(found), lists: {} } satisfies AnalysisResult<ClustersSummary>
}

/** The first columns of the scores. @returns n × nComponents, row-major */
function firstComponents(input: PcaStudyInput, nComponents: number): Float64Array {
  const { data, shape } = input.array('scores')!
  const [n = 0, width = 1] = shape
  if (width === nComponents) return Float64Array.from(data)
  const points = new Float64Array(n * nComponents)
  for (let i = 0; i < n; i++) for (let k = 0; k < nComponents; k++) points[i * nComponents + k] = data[i * width + k]!
  return points
}

function notesOf({ leafOf, settled }: Clustering, { nClusters }: ClustersParams, n: number, made: number): string[] {
  return [
    ...(leafOf !== null
      ? [
          `${counted(n, 'row')} are more than a tree is made of (${TREE_LIMIT.toLocaleString('en-US')}): its leaves are at most ${CONDENSED_CENTRES.toLocaleString('en-US')} centres found by k-means.`
        ]
      : []),
    ...(nClusters !== null && made < nClusters
      ? [`${counted(nClusters, 'cluster')} were asked for; only ${made} different rows or centres are there.`]
      : []),
    ...(settled ? [] : ['Rows still moved between clusters when the rounds of k-means were over.'])
  ]
}

function arraysOf({ assignment, tree, leafOf, leafSize, leafCluster }: Clustering): Record<string, ResultArray> {
  const integers = (data: Int32Array): ResultArray => ({ dtype: 'int32', shape: [data.length], data })
  return {
    assignment: integers(assignment),
    merge: { dtype: 'int32', shape: [tree.height.length, 2], data: tree.merge },
    height: { dtype: 'float64', shape: [tree.height.length], data: tree.height },
    order: integers(tree.order),
    leafSize: integers(leafSize),
    leafCluster: integers(leafCluster),
    ...(leafOf !== null && { leafOf: integers(leafOf) })
  }
}
