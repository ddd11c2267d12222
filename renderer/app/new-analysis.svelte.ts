import { analysisSpecs } from '../../core/analyses/registry.ts'
import type { AnalysisKind } from '../../core/contract/analysis.ts'
import { imageShapeOf } from '../../core/contract/image.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import { call } from './api.ts'
import { screen } from './screen.svelte.ts'
import { session } from './session.svelte.ts'

/** The analysis the columns suggest: factors where they look like ratings, low rank where they are pixels, components else. */
export function suggestedKind(dataset: DatasetInfo): AnalysisKind {
  if (imageShapeOf(dataset.columns.map(({ name }) => name))) return 'svd'
  return dataset.ratings ? 'factorization' : 'pca'
}

/** What is being chosen in the dialog for a new analysis. */
class NewAnalysisChoice {
  kind = $state<AnalysisKind>('pca')
  params = $state<Record<string, unknown>>({})

  /** Opens the dialog on a dataset, with an analysis chosen or the one its columns suggest. */
  open(datasetId: string, kind?: AnalysisKind): void {
    const dataset = session.datasets.find((d) => d.id === datasetId)
    if (!dataset) return
    this.choose(kind ?? suggestedKind(dataset), dataset)
    session.newAnalysisFor = datasetId
  }

  /** Opens the dialog with parameters that were found for a dataset: they can be looked at and changed before they run. */
  openWith(datasetId: string, kind: AnalysisKind, params: Record<string, unknown>): void {
    this.open(datasetId, kind)
    this.params = params
  }

  /** Takes another analysis, with its own defaults. */
  choose(kind: AnalysisKind, dataset: DatasetInfo): void {
    this.kind = kind
    this.params = analysisSpecs[kind].defaults(dataset)
  }

  close(): void {
    session.newAnalysisFor = null
  }

  /** Starts the run and shows it in the main area. */
  async run(dataset: DatasetInfo): Promise<void> {
    const { kind, params } = this
    this.close()
    const started = await session.attempt(`${analysisSpecs[kind].title} did not start`, () =>
      call('analysis.run', { datasetId: dataset.id, kind, params })
    )
    if (!started) return
    // A short run may be over before its answer is here; then its result is already shown.
    if (!session.outcomes[started.jobId]) screen.showJob(started.jobId)
  }
}

export const newAnalysis = new NewAnalysisChoice()
