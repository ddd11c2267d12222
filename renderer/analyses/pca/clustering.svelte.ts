import { layDendrogram, leavesBelow, type StoredTree } from '../../../core/analyses/pca/figures/dendrogram.ts'
import type { ClustersParams, ClustersSummary } from '../../../core/analyses/pca/studies/clusters/spec.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { session } from '../../app/session.svelte.ts'
import type { Category } from '../../plots/categories.ts'
import type { DendrogramModel } from '../../plots/dendrogram.ts'
import { formatCount } from '../../ui/format.ts'
import { follow } from '../resource.svelte.ts'
import { loadStudy, loadStudyArray, runningStudy, runStudy } from '../studies.ts'
import { clusterName } from './cluster-column.ts'
import type { PcaPoints } from './points.svelte.ts'

/** Ends of the tree that are drawn; what is below is folded. */
const MOST_ENDS = 40
const OTHER: Pick<Category, 'colour' | 'symbol'> = { colour: 7, symbol: 'circle-open' }

/** The clusters of a result as its tab shows them. */
export class Clustering {
  readonly #analysis: () => AnalysisInfo
  readonly #points: PcaPoints
  readonly #study
  readonly #tree
  readonly #members

  /** @param points of the same result, coloured by its clusters. Call it while a component starts. */
  constructor(analysis: () => AnalysisInfo, points: PcaPoints) {
    this.#analysis = analysis
    this.#points = points
    const key = (): string => `${analysis().id} ${analysis().createdAt}`
    const array = (name: string) => loadStudyArray(analysis(), 'clusters', name)
    this.#study = follow(key, () => loadStudy<ClustersParams, ClustersSummary>(analysis(), 'clusters'))
    this.#tree = follow(key, () => {
      if (analysis().studies.clusters === undefined) return null
      return Promise.all(['merge', 'height', 'leafSize', 'leafCluster'].map((name) => array(name)!)).then(
        ([merge, height, leafSize, leafCluster]): StoredTree => ({
          merge: merge!,
          height: height!,
          leafSize: leafSize!,
          leafCluster: leafCluster!
        })
      )
    })
    this.#members = follow(key, () => {
      const assignment = array('assignment')
      const study = this.#study.value
      if (!assignment || !study) return null
      const leafOf = study.summary.condensed ? array('leafOf') : null
      return Promise.all([assignment, leafOf]).then(([own, leaves]) => ({ assignment: own, leafOf: leaves }))
    })
  }

  get error() {
    return this.#study.error ?? this.#tree.error ?? this.#members.error
  }
  get params(): ClustersParams | null {
    return this.#study.value?.params ?? null
  }
  get summary(): ClustersSummary | null {
    return this.#study.value?.summary ?? null
  }
  get computedAt(): string {
    return this.#study.value?.createdAt ?? ''
  }
  get tree(): StoredTree | null {
    return this.#tree.value
  }
  /** the job that computes them anew */
  get running() {
    return runningStudy(this.#analysis(), 'clusters')
  }

  /** the cluster that is told about, 0-based */
  get chosen(): number {
    const last = (this.summary?.nClusters ?? 1) - 1
    return Math.max(0, Math.min(last, session.plotChoice(this.#analysis().id, 'cluster', 0)))
  }
  choose(cluster: number): void {
    session.setPlotChoice(this.#analysis().id, 'cluster', cluster)
  }

  /** Computes them anew with some parameters changed; the old ones stay on screen meanwhile. */
  run(changed: Partial<ClustersParams>): void {
    void runStudy(this.#analysis(), 'clusters', { ...this.params, ...changed })
  }

  /** mark of a cluster: that of the same group in the score plot */
  markOf(cluster: number): Pick<Category, 'colour' | 'symbol'> {
    const { colouring } = this.#points
    if (colouring.kind !== 'categories') return OTHER
    return colouring.categories.find(({ name }) => name === clusterName(cluster)) ?? OTHER
  }

  pointsOf(cluster: number): number[] {
    const members = this.#members.value
    return members ? pointsWhere(members.assignment, (own) => own === cluster) : []
  }

  /** points below an end of the drawn tree */
  pointsBelow(end: number): number[] {
    const part = this.#layout?.ends[end]?.part
    const members = this.#members.value
    const { tree } = this
    if (part === undefined || !members || !tree) return []
    const leaves = leavesBelow(tree.merge, part)
    if (!members.leafOf) return leaves.sort((a, b) => a - b)
    const wanted = new Set(leaves)
    return pointsWhere(members.leafOf, (leaf) => wanted.has(leaf))
  }

  readonly #layout = $derived.by(() => (this.tree ? layDendrogram(this.tree, MOST_ENDS) : null))

  readonly #selectedEnds = $derived.by(() => {
    const points = this.#points
    const ends = this.#layout?.ends ?? []
    const selected = new Set(points.selected)
    if (selected.size === 0) return new Set<number>()
    const all = (end: number): boolean => {
      const below = this.pointsBelow(end)
      return below.length > 0 && below.every((point) => selected.has(point))
    }
    return new Set([...ends.keys()].filter(all))
  })

  readonly model = $derived.by<DendrogramModel | null>(() => {
    const layout = this.#layout
    const { summary } = this
    if (!layout || !summary) return null
    const nameOf = (leaf: number): string => {
      const row = this.#points.rowOf[leaf] ?? 0
      return this.#points.nameColumn === null ? formatCount(row + 1) : this.#points.nameOf(row)
    }
    return {
      ...layout,
      marks: Array.from({ length: summary.nClusters }, (_, cluster) => this.markOf(cluster)),
      names: layout.ends.map(({ leaf, rows }) =>
        leaf === null || summary.condensed ? `(${formatCount(rows)})` : nameOf(leaf)
      ),
      selected: this.#selectedEnds,
      anySelected: this.#points.selected.length > 0,
      axisName: 'height of merges'
    }
  })
}

function pointsWhere(values: ArrayLike<number>, fits: (value: number) => boolean): number[] {
  const points: number[] = []
  for (let point = 0; point < values.length; point++) if (fits(values[point]!)) points.push(point)
  return points
}
