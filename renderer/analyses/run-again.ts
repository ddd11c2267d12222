import type { AnalysisInfo } from '../../core/contract/session.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'

/** Runs an analysis again, with the same parameters or others, in the place of its result. */
export async function runAgain(
  { id, datasetId, kind, name, params: before }: AnalysisInfo,
  params: Record<string, unknown> = before
): Promise<void> {
  await session.attempt(`${name} was not run`, () => call('analysis.run', { datasetId, kind, params, replaces: id }))
}
