import type { AnalysisInfo } from '../../../core/contract/session.ts'

/** The seed a result was made with, for people to read. */
export function seedText(analysis: AnalysisInfo): string {
  const seed = analysis.params['seed']
  return typeof seed === 'number' ? String(seed) : 'none'
}
