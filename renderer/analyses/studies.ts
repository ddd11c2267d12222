import type { StudyRecord } from '../../core/contract/study-calls.ts'
import type { StudyKind } from '../../core/contract/study.ts'
import type { AnalysisInfo } from '../../core/contract/session.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { loadArrayOnce, once } from './results.ts'

/** A study as its summary schema has it. */
export type Study<Params, Summary> = Omit<StudyRecord, 'params' | 'summary'> & { params: Params; summary: Summary }

/** A study that was run again is another study. '' where there is none. */
export const studyKey = (analysis: AnalysisInfo, kind: StudyKind): string =>
  analysis.studies[kind] === undefined ? '' : `${analysis.id} ${kind} ${analysis.studies[kind]}`

/** The stored study of a kind; null where none was made. */
export function loadStudy<Params, Summary>(
  analysis: AnalysisInfo,
  kind: StudyKind
): Promise<Study<Params, Summary>> | null {
  const key = studyKey(analysis, kind)
  if (key === '') return null
  return once(key, async () => (await call('study.get', { analysisId: analysis.id, kind })) as Study<Params, Summary>)
}

/** An array of a stored study; null where none was made. */
export function loadStudyArray(
  analysis: AnalysisInfo,
  kind: StudyKind,
  name: string
): Promise<Float64Array | Int32Array> | null {
  const key = studyKey(analysis, kind)
  return key === '' ? null : loadArrayOnce(key, analysis, `${kind}.${name}`)
}

/** Starts a study; its end comes with the session's analyses, where analysis.studies says when it was made. */
export async function runStudy(
  analysis: AnalysisInfo,
  kind: StudyKind,
  params: Record<string, unknown> = {}
): Promise<void> {
  await session.attempt(`${analysis.name}: not started`, () =>
    call('study.run', { analysisId: analysis.id, kind, params })
  )
}

/** The study of that kind that is being made, if one is. */
export const runningStudy = (analysis: AnalysisInfo, kind: StudyKind) =>
  session.jobs.find((job) => job.analysisId === analysis.id && job.studyKind === kind)
