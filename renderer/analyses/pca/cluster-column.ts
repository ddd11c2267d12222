import type { AnalysisInfo } from '../../../core/contract/session.ts'
import type { ColumnData } from '../../../core/contract/table.ts'
import { loadArray } from '../results.ts'
import { loadStudyArray } from '../studies.ts'
import { CLUSTERS_COLOUR } from './choices.ts'

/** "Cluster 2" for the second, counted from 0. */
export const clusterName = (cluster: number): string => `Cluster ${cluster + 1}`

/** What the column of clusters is called beside those of the dataset. */
export const CLUSTER_NAME = 'cluster'
/** 1 of "Cluster 2"; null of anything else. */
export function clusterOf(name: string | null): number | null {
  const number = Number(/^Cluster (\d+)$/.exec(name ?? '')?.[1] ?? NaN)
  return Number.isNaN(number) ? null : number - 1
}

/** The clusters of a result as a column of its dataset; rows that were not grouped are missing. Null where there are none. */
export function loadClusterColumn(analysis: AnalysisInfo, nRows: number): Promise<ColumnData> | null {
  const assigned = loadStudyArray(analysis, 'clusters', 'assignment')
  if (!assigned) return null
  return Promise.all([assigned, loadArray(analysis, 'rowsUsed')]).then(([assignment, rowsUsed]) => {
    const codes = new Int32Array(nRows).fill(-1)
    let most = -1
    for (let point = 0; point < assignment.length; point++) {
      const cluster = assignment[point]!
      codes[rowsUsed[point]!] = cluster
      if (cluster > most) most = cluster
    }
    const dictionary = Array.from({ length: most + 1 }, (_, cluster) => clusterName(cluster))
    return { kind: 'codes', name: CLUSTERS_COLOUR, codes, dictionary }
  })
}
