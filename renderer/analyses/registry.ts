import type { Component } from 'svelte'
import type { AnalysisKind } from '../../core/contract/analysis.ts'
import type { AnalysisInfo, DatasetInfo } from '../../core/contract/session.ts'
import type { IconName } from '../ui/icons.ts'
import FactorizationInspector from './factorization/FactorizationInspector.svelte'
import FactorizationView from './factorization/FactorizationView.svelte'
import RatingsNote from './factorization/RatingsNote.svelte'
import { factorizationTabs } from './factorization/tabs.ts'
import PcaInspector from './pca/PcaInspector.svelte'
import PcaView from './pca/PcaView.svelte'
import { pcaTabs } from './pca/tabs.ts'
import SvdInspector from './svd/SvdInspector.svelte'
import SvdView from './svd/SvdView.svelte'
import { svdTabs } from './svd/tabs.ts'

/** How a kind of analysis is shown. The view draws its own head, tabs and panes; the inspector its own sections. */
export interface AnalysisView {
  icon: IconName
  /** holds: what is in a tab, for its tooltip and the palette */
  tabs: { id: string; label: string; holds?: string[] }[]
  View: Component<{ analysis: AnalysisInfo; dataset: DatasetInfo; tab: string }>
  Inspector: Component<{ analysis: AnalysisInfo; dataset: DatasetInfo }>
  /** what stands under the columns in the form: what is in them */
  FormNote?: Component<{ dataset: DatasetInfo; params: Record<string, unknown> }>
}

/** One line for each analysis there is. */
export const analysisViews: Record<AnalysisKind, AnalysisView> = {
  pca: { icon: 'chart-scatter', tabs: pcaTabs, View: PcaView, Inspector: PcaInspector },
  svd: { icon: 'layers', tabs: svdTabs, View: SvdView, Inspector: SvdInspector },
  factorization: {
    icon: 'waypoints',
    tabs: factorizationTabs,
    View: FactorizationView,
    Inspector: FactorizationInspector,
    FormNote: RatingsNote
  }
}
