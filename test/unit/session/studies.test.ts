import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AnalysisResult } from '../../../core/contract/analysis.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { writeVersion1 } from './version-1.ts'

let folder: string
let path: string
let session: SessionFile
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'studies-'))
  path = join(folder, 'session.eigendesk')
  writeVersion1(path)
  session = SessionFile.open(path)
})
afterEach(() => {
  if (session.isOpen) session.close()
  rmSync(folder, { recursive: true, force: true })
})

const resultOf = (value: number): AnalysisResult<Record<string, unknown>> => ({
  summary: { suggested: value },
  arrays: { percentiles: { dtype: 'float64', shape: [2], data: Float64Array.of(value, value / 2) } },
  lists: { names: [`first of ${value}`] }
})
const put = (value: number, analysisId = 'a'): void =>
  session.studies.put({
    analysisId,
    kind: 'criteria',
    params: { seed: value },
    milliseconds: 1,
    result: resultOf(value)
  })

describe('a study of a result', () => {
  it('is kept beside the arrays of the result, also when the session is opened again', () => {
    put(3)
    session.close()
    session = SessionFile.open(path)
    expect(session.studies.get('a', 'criteria')).toMatchObject({ params: { seed: 3 }, summary: { suggested: 3 } })
    expect(session.analyses.array('a', 'criteria.percentiles').data).toEqual(Float64Array.of(3, 1.5))
    expect(session.analyses.items('a', 'criteria.names')).toEqual(['first of 3'])
    expect(session.analyses.list()[0]!.studies).toEqual({ criteria: expect.any(String) as string })
  })

  it('takes the place of the one before it, and leaves the result alone', () => {
    put(3)
    put(8)
    expect(session.studies.list('a')).toHaveLength(1)
    expect(session.analyses.array('a', 'criteria.percentiles').data).toEqual(Float64Array.of(8, 4))
    expect(session.analyses.array('a', 'scores').shape).toEqual([3, 1])
  })

  it('is not stored for a result that is out of sight, and comes back with one that an undo brings back', () => {
    put(3)
    session.history.record('remove', () => session.analyses.remove('a'))
    expect(() => put(8)).toThrow(/no longer|unknown|not/i)
    session.history.undo()
    expect(session.studies.get('a', 'criteria')).toMatchObject({ summary: { suggested: 3 } })
  })

  it('goes with its result', () => {
    put(3)
    session.history.record('remove', () => session.analyses.remove('a'))
    for (let i = 0; i < 101; i++) session.history.record('rename', () => session.datasets.rename('d', `name ${i}`))
    session.close()
    session = SessionFile.open(path)
    expect(session.studies.list('a')).toEqual([])
  })
})
