import type { ConventionId } from '../../../../core/analyses/pca/figures/conventions.ts'
import { CONVENTIONS, conventions } from '../../../../core/analyses/pca/figures/conventions.ts'
import type { MathContext } from '../../../../core/analyses/pca/figures/math-steps.ts'
import type { PcaParams, PcaSummary } from '../../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo } from '../../../../core/contract/session.ts'
import { session } from '../../../app/session.svelte.ts'

/** The program in whose convention a result is looked at; Eigendesk's own at first. */
export function conventionOf(analysis: AnalysisInfo): ConventionId {
  const chosen = session.plotChoice<ConventionId>(analysis.id, 'convention', 'eigendesk')
  return Object.hasOwn(conventions, chosen) ? chosen : 'eigendesk'
}

export function setConvention(analysis: AnalysisInfo, id: ConventionId): void {
  session.setPlotChoice(analysis.id, 'convention', id)
}

export const conventionOptions = CONVENTIONS.map((id) => ({ value: id, label: conventions[id].label }))

/** What the formulas depend on. Results of older versions had no other centre, divisor, weights or supplementary rows. */
export function mathContext(analysis: AnalysisInfo, summary: PcaSummary): MathContext {
  const params = analysis.params as Partial<PcaParams>
  return {
    nSamples: summary.nSamples,
    nFeatures: summary.nFeatures,
    nComponents: summary.nComponents,
    divisor: params.divisor ?? 'n-1',
    centre: params.centre ?? 'mean',
    scale: params.scale ?? 'none',
    weighted: typeof params.weight === 'string',
    solver: summary.solver,
    totalVariance: summary.totalVariance,
    missing: params.missing ?? 'drop',
    nDropped: summary.dropped.length,
    nImputed: Object.values(summary.imputed).reduce((sum, count) => sum + count, 0),
    supplementaryRows: (summary as Partial<PcaSummary>).supplementary?.rows ?? 0,
    supplementaryColumns: params.supplementaryColumns?.length ?? 0,
    convention: conventionOf(analysis)
  }
}
