import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ResultArray } from '../../../core/contract/analysis.ts'
import type { FinishedAnalysis } from '../../../core/session/held-result.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { temporaryFolder } from '../engine/open-engine.ts'
import { addAnalysis, importDataset, unwatched } from './fill.ts'

/** Two chunks a column, and enough of them that storing takes several steps. */
const ROWS = 70_000
const COLUMNS = 40
const valueAt = (row: number, column: number): number => row / 3 + column * 1000

function scores(byColumns: boolean): ResultArray {
  const data = new Float64Array(ROWS * COLUMNS)
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      data[byColumns ? column * ROWS + row : row * COLUMNS + column] = valueAt(row, column)
    }
  }
  return { dtype: 'float64', shape: [ROWS, COLUMNS], data, ...(byColumns && { byColumns: true }) }
}

const finished = (byColumns = true, replaces?: string): FinishedAnalysis => ({
  id: 'large',
  datasetId: 'd',
  kind: 'pca',
  name: 'PCA large',
  params: { scale: 'none' },
  milliseconds: 5,
  result: { summary: { nSamples: ROWS }, arrays: { scores: scores(byColumns) }, lists: { names: ['one', 'two'] } },
  replaces
})

function openSession(path = join(temporaryFolder(), 's.eigendesk')): { session: SessionFile; path: string } {
  const session = SessionFile.create(path)
  onTestFinished(() => {
    if (session.isOpen) session.close()
  })
  importDataset(session, 'd')
  addAnalysis(session, 'small', 'd')
  return { session, path }
}

const hold = (session: SessionFile, run = finished()): Generator<void> =>
  session.analyses.hold(run, (mutate) => session.history.record('run PCA large', mutate))

/** All that is asked of a result, one call each. */
function answers({ analyses }: SessionFile): unknown {
  const parts = analyses.parts('large', 'scores')
  const pieces = [...parts.pieces([7, 0])].map(({ column, from, values }) => [column, from, values.length, values[9]])
  return {
    list: analyses.list(),
    record: analyses.get('large'),
    columns: analyses.array('large', 'scores', [3, 1]),
    rows: parts.rows([ROWS - 1, 2], [39, 0]),
    pieces,
    names: analyses.items('large', 'names'),
    madeAt: analyses.madeAt('large', 'scores')
  }
}

describe('a result that is looked at while it is stored', () => {
  it.each([true, false])('answers as it will once it is stored, by columns: %s', (byColumns) => {
    const { session } = openSession()
    const steps = hold(session, finished(byColumns))
    const before = answers(session)
    let turns = 0
    while (!steps.next().done) turns++
    session.analyses.drop('large')
    expect(turns).toBeGreaterThan(2)
    expect(answers(session)).toEqual(before)
    expect(session.analyses.isHolding).toBe(false)
    expect(session.history.state.undo).toBe('run PCA large')
  })

  it('stands in the place of the one it replaces, and undo brings that one back', () => {
    const { session } = openSession()
    addAnalysis(session, 'last', 'd')
    const steps = hold(session, finished(true, 'small'))
    const ids = (): string[] => session.analyses.list().map(({ id }) => id)
    expect(ids()).toEqual(['large', 'last'])
    while (!steps.next().done) continue
    session.analyses.drop('large')
    expect(ids()).toEqual(['large', 'last'])
    session.history.undo()
    expect(ids()).toEqual(['small', 'last'])
  })

  it('is whole where the session is closed before it is stored', () => {
    const { session, path } = openSession()
    const steps = hold(session)
    steps.next()
    steps.next()
    session.close()
    const again = SessionFile.open(path)
    onTestFinished(() => again.close())
    expect(again.analyses.list().map(({ id }) => id)).toEqual(['small', 'large'])
    expect(again.analyses.parts('large', 'scores').rows([69_999], [39])[0]).toBe(valueAt(69_999, 39))
  })

  it('is nothing where it is cut off: a copy made halfway opens without it, and keeps no bytes of it', async () => {
    const { session, path } = openSession()
    const steps = hold(session)
    for (let turn = 0; turn < 3; turn++) steps.next()
    const copy = `${path}.copy.eigendesk`
    await session.duplicateTo(copy, unwatched)
    SessionFile.open(copy).close()
    const again = SessionFile.open(copy)
    onTestFinished(() => again.close())
    expect(again.analyses.list().map(({ id }) => id)).toEqual(['small'])
    expect(again.analyses.listKept().map(({ id }) => id)).toEqual(['small'])
  })

  it('leaves nothing where it cannot be stored', () => {
    const { session } = openSession()
    const steps = hold(session)
    steps.next()
    steps.next()
    session.analyses.drop('large')
    expect(session.analyses.list().map(({ id }) => id)).toEqual(['small'])
    expect(session.analyses.listKept().map(({ id }) => id)).toEqual(['small'])
    expect(session.history.state.undo).toBe('import d')
  })
})
