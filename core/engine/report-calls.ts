import { levelsOfNumbers } from '../analyses/pca/figures/number-levels.ts'
import { pcaParamsSchema, pcaSpec, type PcaSummary } from '../analyses/pca/spec.ts'
import { pcaStudySpecs } from '../analyses/pca/studies/specs.ts'
import type { StoredResult } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import { describeSteps, roleOf } from '../contract/preparation.ts'
import type { reportCalls } from '../contract/report-calls.ts'
import type { DatasetInfo } from '../contract/session.ts'
import { MOST_GROUPS } from '../export/report/figures.ts'
import { reportHtml, type ReportFacts } from '../export/report/report.ts'
import { pythonScript } from '../export/script/python.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import { textsOf } from './row-names.ts'
import { scriptFacts } from './script-calls.ts'
import { software } from './software.ts'

/** More distinct values than this are names, not groups. */
const MOST_VALUES = 50

/** Calls that put a result together for people. */
export function reportHandlers(desk: Desk): Pick<Handlers, keyof typeof reportCalls> {
  return { 'report.make': ({ analysisId }) => ({ html: reportHtml(factsOf(desk.session, analysisId)) }) }
}

function factsOf(session: SessionFile, analysisId: string): ReportFacts {
  const record = session.analyses.get(analysisId)
  if (record.kind !== 'pca') throw new EigendeskError('INVALID_CALL', { reason: `no report of a ${record.kind}` })
  const dataset = session.datasets.get(record.datasetId)
  const result: StoredResult<PcaSummary> = {
    summary: record.summary as unknown as PcaSummary,
    array: (name) => session.analyses.array(analysisId, name),
    list: (name) => session.analyses.items(analysisId, name)
  }
  // Made by an older version: what it did not store cannot be told.
  if (!Object.hasOwn(record.arrays, 'residualSquares')) throw new EigendeskError('RESULT_OLDER')
  const params = pcaParamsSchema.parse(pcaSpec.defaults(dataset, record.params))
  const column = (name: string) => session.datasets.view(dataset.id, [name]).columns[0]!
  return {
    software,
    name: record.name,
    dataset,
    steps: describeSteps(dataset),
    params,
    result,
    rowNames: params.label === null ? null : textsOf(column(params.label)),
    groups: groupsOf(dataset, params.group, params.label, column),
    studies: session.studies.list(analysisId).map(({ kind, params: asked, summary }) => ({
      title: pcaStudySpecs[kind]?.title ?? kind,
      params: asked,
      summary
    })),
    script: pythonScript(scriptFacts(session, analysisId, `${dataset.name}-data.csv`))
  }
}

/** The groups that colour the points: those asked for, else the first category of few values, as the app shows them. */
function groupsOf(
  dataset: DatasetInfo,
  asked: string | null,
  label: string | null,
  column: (name: string) => ReturnType<SessionFile['datasets']['view']>['columns'][number]
): ReportFacts['groups'] {
  const isGroup = ({ name, type, distinct = 0 }: DatasetInfo['columns'][number]): boolean =>
    (type === 'category' || type === 'boolean') &&
    name !== label &&
    roleOf(dataset, name) !== 'ignore' &&
    distinct <= MOST_VALUES
  const name = asked ?? dataset.columns.find(isGroup)?.name
  if (name === undefined) return null
  const found = column(name)
  const data = found.kind === 'number' ? levelsOfNumbers(found) : found
  if (data?.kind !== 'codes') return null
  // Of many groups the most frequent ones, in the order of the data; the others, and missing cells, are one.
  const counts = new Array<number>(data.dictionary.length).fill(0)
  for (const code of data.codes) if (code >= 0) counts[code]!++
  const chosen = data.dictionary
    .map((_, code) => code)
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MOST_GROUPS)
    .sort((a, b) => a - b)
  const place = new Map(chosen.map((code, i) => [code, i]))
  return {
    column: name,
    names: chosen.map((code) => data.dictionary[code]!),
    of: data.codes.map((code) => place.get(code) ?? -1)
  }
}
