import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { addAnalysis, addChunks, finishDataset, importDataset } from './fill.ts'

let folder: string
let session: SessionFile
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'))
  session = SessionFile.create(join(folder, 's.eigendesk'))
})
afterEach(() => {
  if (session.isOpen) session.close()
  rmSync(folder, { recursive: true, force: true })
})

const record = (label: string, step: () => void): void => session.history.record(label, step)
const importOne = (id: string): void => {
  importDataset(session, id)
}
const runOne = (id: string, datasetId: string, replaces?: string): void =>
  record(`run ${id}`, () => addAnalysis(session, id, datasetId, replaces))

/** What a person sees in the tree. */
const inSight = (): unknown => [
  session.datasets.list().map(({ id, name, nRows }) => ({ id, name, nRows })),
  session.analyses.list().map(({ id, name, datasetId }) => ({ id, name, datasetId }))
]

describe('undo and redo', () => {
  it('take back and take again an import, a run, a rename and a removal', () => {
    const states = [inSight()]
    const steps = [
      () => importOne('d'),
      () => runOne('a', 'd'),
      () => runOne('b', 'd', 'a'),
      () => record('rename', () => session.datasets.rename('d', 'other')),
      () => record('remove d', () => session.datasets.remove('d'))
    ]
    for (const step of steps) {
      step()
      states.push(inSight())
    }
    expect(session.history.state).toEqual({ undo: 'remove d', redo: null })
    for (let i = steps.length - 1; i >= 0; i--) {
      session.history.undo()
      expect(inSight()).toEqual(states[i])
    }
    expect(session.history.state).toEqual({ undo: null, redo: 'import d' })
    for (let i = 1; i <= steps.length; i++) {
      session.history.redo()
      expect(inSight()).toEqual(states[i])
    }
    expect(session.history.redo()).toEqual([])
  })

  it('bring a removed dataset back with its values and its results', () => {
    importOne('d')
    runOne('a', 'd')
    record('remove d', () => session.datasets.remove('d'))
    expect(() => session.datasets.view('d', ['x'])).toThrow(EigendeskError)
    expect(session.history.undo()).toEqual([
      { type: 'dataset', id: 'd' },
      { type: 'analysis', id: 'a' }
    ])
    expect(session.datasets.view('d', ['x']).columns[0]).toMatchObject({ values: Float64Array.of(1, 2, 3) })
    expect(session.analyses.array('a', 'scores').data).toEqual(Float64Array.of(1, 2, 3))
  })

  it('store a step whole or not at all', () => {
    importOne('d')
    const before = inSight()
    expect(() =>
      record('fail', () => {
        session.datasets.rename('d', 'half')
        throw new Error('in the middle')
      })
    ).toThrow('in the middle')
    expect(inSight()).toEqual(before)
    expect(session.history.state.undo).toBe('import d')
  })

  it('do not count what changed nothing', () => {
    importOne('d')
    record('rename d to d', () => session.datasets.rename('d', 'd'))
    expect(session.history.state.undo).toBe('import d')
  })

  it('leave an import under way alone', () => {
    importOne('d')
    session.datasets.begin('half', 'half')
    addChunks(session, 'half')
    session.history.undo()
    record('import half', () => finishDataset(session, 'half'))
    expect(session.datasets.list().map((d) => d.id)).toEqual(['half'])
  })

  it('survive closing, any sequence of steps (property)', () => {
    type Step = { what: 'import' | 'run' | 'rename' | 'remove' | 'undo' | 'redo'; at: number }
    const step = fc.record<Step>({
      what: fc.constantFrom('import', 'run', 'rename', 'remove', 'undo', 'redo'),
      at: fc.nat(20)
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), fc.nat(1_000_000), (steps, seed) => {
        const path = join(folder, `p${seed}.eigendesk`)
        rmSync(path, { force: true })
        session.close()
        session = SessionFile.create(path)
        // The model: every state in order, and where we stand in it.
        const states = [inSight()]
        let now = 0
        steps.forEach(({ what, at }, n) => {
          const ids = session.datasets.list().map((d) => d.id)
          const id = ids[at % ids.length]
          if (what === 'undo') {
            session.history.undo()
            now = Math.max(0, now - 1)
          } else if (what === 'redo') {
            session.history.redo()
            now = Math.min(states.length - 1, now + 1)
          } else {
            if (what === 'import') importOne(`d${n}`)
            else if (id === undefined) return
            else if (what === 'run') runOne(`a${n}`, id)
            else if (what === 'rename') record(`rename`, () => session.datasets.rename(id, `name ${n}`))
            else record(`remove`, () => session.datasets.remove(id))
            states.splice(++now, Infinity, inSight())
          }
          expect(inSight()).toEqual(states[now])
        })
        session.close()
        session = SessionFile.open(path)
        while (session.history.state.undo !== null) session.history.undo()
        expect(inSight()).toEqual(states[0])
        for (const state of states.slice(1)) {
          session.history.redo()
          expect(inSight()).toEqual(state)
        }
      }),
      { numRuns: 25 }
    )
  })
})

describe('what no step can bring back', () => {
  const idsInFile = (): unknown => {
    const db = new Database(join(folder, 's.eigendesk'), { readonly: true })
    const ids = db.prepare('SELECT id FROM dataset UNION SELECT id FROM analysis ORDER BY 1').pluck().all()
    const chunks = db.prepare('SELECT DISTINCT dataset_id FROM column_chunk ORDER BY 1').pluck().all()
    db.close()
    return { ids, chunks }
  }

  it('is deleted when the session is left, and nothing else', () => {
    importOne('d')
    importOne('e')
    runOne('a', 'd')
    session.history.undo()
    session.history.undo()
    // From here nothing leads back to e and a.
    record('rename', () => session.datasets.rename('d', 'kept'))
    importOne('f')
    record('remove f', () => session.datasets.remove('f'))
    session.close()
    expect(idsInFile()).toEqual({ ids: ['d', 'f'], chunks: ['d', 'f'] })
  })

  it('includes what only more than a hundred steps would reach', () => {
    importOne('d')
    importOne('old')
    record('remove old', () => session.datasets.remove('old'))
    for (let n = 0; n < 100; n++) record('rename', () => session.datasets.rename('d', `name ${n}`))
    let undone = 0
    while (session.history.state.undo !== null) {
      session.history.undo()
      undone++
    }
    expect(undone).toBe(100)
    session.close()
    expect(idsInFile()).toEqual({ ids: ['d'], chunks: ['d'] })
  })
})

describe('a history that somebody has altered', () => {
  it('is refused when the session is opened', () => {
    importOne('d')
    session.close()
    const db = new Database(join(folder, 's.eigendesk'))
    db.prepare(`UPDATE change SET before = '{"datasets":{"d":7},"analyses":{}}'`).run()
    db.close()
    expect(() => SessionFile.open(join(folder, 's.eigendesk'))).toThrow(/SESSION_CORRUPT|damaged|description/)
  })
})

describe('findings', () => {
  it('are kept with their dataset and go with it', () => {
    importOne('d')
    session.findings.put('d', 'statistics', { mean: 2 })
    session.findings.put('d', 'statistics', { mean: 3 })
    session.findings.put('nobody', 'statistics', 1)
    expect(session.findings.get('d', 'statistics')).toEqual({ mean: 3 })
    expect(session.findings.get('d', 'other')).toBeUndefined()
    expect(session.findings.get('nobody', 'statistics')).toBeUndefined()
    session.history.undo()
    record('nothing', () => undefined)
    importOne('e')
    session.close()
    session = SessionFile.open(join(folder, 's.eigendesk'))
    expect(session.findings.get('d', 'statistics')).toBeUndefined()
  })
})
