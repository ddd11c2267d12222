import { readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AnalysisResult } from '../../../core/contract/analysis.ts'
import { toErrorData } from '../../../core/contract/errors.ts'
import { referToResult, serveSession, studyOf } from '../../../core/engine/session-requests.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { VALUES_PER_CHUNK } from '../../../core/session/stored-array.ts'
import { writeVersion1 } from '../session/version-1.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

const ROWS = 400

/** A table with a result, in an engine of its own. */
async function openResult() {
  const folder = temporaryFolder()
  const { engine, client } = openEngine(folder)
  onTestFinished(() => engine.close())
  const path = join(folder, 'table.csv')
  const rows = Array.from({ length: ROWS }, (_, i) => `${i % 17},${Math.sin(i)},${Math.cos(3 * i)}`)
  writeFileSync(path, `a,b,c\n${rows.join('\n')}\n`)
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const imported = await client.call('import.commit', { file, name: 'table', dialect, columns: null, ragged })
  const datasetId = (await client.finish(imported.jobId)).datasetId!
  const run = async (replaces?: string): Promise<string> => {
    const { jobId } = await client.call('analysis.run', {
      datasetId,
      kind: 'pca',
      params: {},
      ...(replaces && { replaces })
    })
    return (await client.finish(jobId)).analysisId!
  }
  const write = (name: string): string => client.grant(join(folder, name), 'write')
  const written = (name: string): string[] => readFileSync(join(folder, name), 'utf8').trimEnd().split(/\r?\n/)
  return { client, analysisId: await run(), run, write, written }
}

const codeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'answered',
    (thrown: unknown) => toErrorData(thrown).code
  )

/** Two chunks of values, all the same. */
const resultOf = (value: number): AnalysisResult<Record<string, unknown>> => ({
  summary: {},
  arrays: {
    values: {
      dtype: 'float64',
      shape: [2 * VALUES_PER_CHUNK],
      data: new Float64Array(2 * VALUES_PER_CHUNK).fill(value)
    }
  },
  lists: {}
})

describe('what a worker was told of', () => {
  it('it reads to the end, also where a person puts it out of sight or runs it anew meanwhile', async () => {
    const { client, analysisId, run, write, written } = await openResult()
    const request = { analysisId, table: 'scores', format: 'csv' as const }
    const { jobId } = await client.call('export.table', { ...request, file: write('scores.csv') })
    await client.call('analysis.remove', { analysisId })
    await client.finish(jobId)
    expect(written('scores.csv')).toHaveLength(ROWS + 1)

    await client.call('history.undo', {})
    const [html] = await Promise.all([client.call('report.make', { analysisId }), run(analysisId)])
    expect(html.html).toContain('<title>')
  })

  it('is not read on where its session is left: nobody waits for that any more, and it is no fault', async () => {
    const { client, analysisId } = await openResult()
    const made = codeOf(client.call('report.make', { analysisId }))
    await client.call('session.new', {})
    expect(await made).toBe('CANCELLED')
  })

  it('is never put together of two studies: where one is made anew in between, that is said', async () => {
    const path = join(temporaryFolder(), 'session.eigendesk')
    writeVersion1(path)
    const session = SessionFile.open(path)
    onTestFinished(() => session.close())
    const put = (value: number): void =>
      session.studies.put({ analysisId: 'a', kind: 'criteria', params: {}, milliseconds: 1, result: resultOf(value) })
    put(3)
    const made = studyOf(referToResult(session, 'a'), 'criteria.values')
    const { port1, port2 } = new MessageChannel()
    onTestFinished(() => port1.close())
    serveSession(session, { port: port2, answered: new Int32Array(new SharedArrayBuffer(4)) })
    const ask = async (chunk: number, of = made): Promise<unknown> => {
      port1.postMessage({ of: 'array', analysisId: 'a', name: 'criteria.values', chunk, made: of })
      return ((await once(port1, 'message')) as [unknown])[0]
    }
    expect(await ask(0)).toEqual({ reply: new Float64Array(VALUES_PER_CHUNK).fill(3) })
    // Studies of one millisecond have one time.
    await wait(2)
    put(8)
    expect(await ask(1)).toMatchObject({ error: { code: 'STUDY_CHANGED' } })
    const again = studyOf(referToResult(session, 'a'), 'criteria.values')
    expect(await ask(1, again)).toEqual({ reply: new Float64Array(VALUES_PER_CHUNK).fill(8) })
  })
})
