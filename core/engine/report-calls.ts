import { factorizationParamsSchema } from '../analyses/factorization/spec.ts'
import { pcaParamsSchema, pcaSpec } from '../analyses/pca/spec.ts'
import { svdParamsSchema } from '../analyses/svd/params.ts'
import { studySpecs } from '../analyses/registry.ts'
import { stabilitySummarySchema } from '../analyses/factorization/studies/stability/spec.ts'
import type { AnalysisKind } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import { describeSteps, roleOf } from '../contract/preparation.ts'
import type { reportCalls } from '../contract/report-calls.ts'
import type { DatasetInfo } from '../contract/session.ts'
import { pythonScript } from '../export/script/python.ts'
import type { SessionFile } from '../session/session-file.ts'
import { askOf } from './ask-worker.ts'
import type { ComputePool } from './compute-pool.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobQueue } from './jobs.ts'
import type { FactorsReportTask, ReportTask, SvdReportTask } from './look-request.ts'
import { scriptFacts } from './script-calls.ts'
import { referToColumns, referToResult, type ColumnReference } from './session-requests.ts'
import { SlowWork } from './slow-work.ts'
import { software } from './software.ts'

/** More distinct values than this are names, not groups. */
const MOST_VALUES = 50

/** Calls that put a result together for people. */
export function reportHandlers(
  desk: Desk,
  jobs: JobQueue,
  pool: ComputePool
): Pick<Handlers, keyof typeof reportCalls> {
  const work = new SlowWork(jobs)
  const ask = askOf(pool)
  return {
    'report.make': ({ analysisId }) => {
      const { session } = desk
      const { name, datasetId, kind } = session.analyses.get(analysisId)
      const task = tasksOf[kind](session, analysisId)
      return work.run('report', { name: `Report of ${name}`, datasetId }, async (control) => ({
        html: await ask(task, control, session)
      }))
    }
  }
}

const tasksOf: Record<
  AnalysisKind,
  (session: SessionFile, analysisId: string) => ReportTask | FactorsReportTask | SvdReportTask
> = { pca: taskOf, svd: svdTaskOf, factorization: factorsTaskOf }

function svdTaskOf(session: SessionFile, analysisId: string): SvdReportTask {
  const { name, datasetId, params } = session.analyses.get(analysisId)
  const dataset = session.datasets.get(datasetId)
  const asked = svdParamsSchema.parse(params)
  return {
    task: 'look',
    look: 'svdReport',
    facts: { software, name, dataset, steps: describeSteps(dataset), params: asked },
    result: referToResult(session, analysisId)
  }
}

function factorsTaskOf(session: SessionFile, analysisId: string): FactorsReportTask {
  const record = session.analyses.get(analysisId)
  const dataset = session.datasets.get(record.datasetId)
  const params = factorizationParamsSchema.parse(record.params)
  const { testDataset } = params
  const stable = session.studies.get(analysisId, 'stability')
  return {
    task: 'look',
    look: 'factorsReport',
    facts: {
      software,
      name: record.name,
      dataset,
      steps: describeSteps(dataset),
      params,
      testName: testDataset === null ? null : session.datasets.getKept(testDataset).name,
      stability: stable === null ? null : stabilitySummarySchema.parse(stable.summary)
    },
    result: referToResult(session, analysisId)
  }
}

/** @throws RESULT_OLDER */
function taskOf(session: SessionFile, analysisId: string): ReportTask {
  const record = session.analyses.get(analysisId)
  const dataset = session.datasets.get(record.datasetId)
  // Made by an older version: what it did not store cannot be told.
  if (!Object.hasOwn(record.arrays, 'residualSquares')) throw new EigendeskError('RESULT_OLDER')
  const params = pcaParamsSchema.parse(pcaSpec.defaults(dataset, record.params))
  const group = params.group ?? supposedGroup(dataset, params.label)
  const refer = (name: string | null): ColumnReference | null =>
    name === null ? null : referToColumns(session, dataset.id, [name])[0]!
  return {
    task: 'look',
    look: 'report',
    facts: {
      software,
      name: record.name,
      dataset,
      steps: describeSteps(dataset),
      params,
      studies: session.studies.list(analysisId).map(({ kind, params: asked, summary }) => ({
        title: studySpecs[kind].title,
        params: asked,
        summary
      })),
      script: pythonScript(scriptFacts(session, analysisId, `${dataset.name}-data.csv`))
    },
    result: referToResult(session, analysisId),
    label: refer(params.label),
    group: refer(group)
  }
}

/** The first category of few values: it colours the points in the app too. */
function supposedGroup(dataset: DatasetInfo, label: string | null): string | null {
  const isGroup = ({ name, type, distinct = 0 }: DatasetInfo['columns'][number]): boolean =>
    (type === 'category' || type === 'boolean') &&
    name !== label &&
    roleOf(dataset, name) !== 'ignore' &&
    distinct <= MOST_VALUES
  return dataset.columns.find(isGroup)?.name ?? null
}
