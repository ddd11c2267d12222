import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../../core/contract/errors.ts'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { emptyViewState } from '../../../core/contract/session.ts'
import { APPLICATION_ID, CURRENT_VERSION } from '../../../core/session/schema.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { commaDialect } from '../../../core/contract/table.ts'
import { encodeChunk } from '../../../core/table/chunks.ts'
import { storeResult, unwatched } from './fill.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'session-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string): string => join(folder, name)

/** A session with one dataset of three rows and one analysis. */
function fill(session: SessionFile): void {
  const { datasets } = session
  datasets.begin('d', 'three rows')
  datasets.addChunk('d', 0, 0, encodeChunk({ kind: 'number', values: Float64Array.of(1.5, NaN, -0) }))
  datasets.addChunk('d', 1, 0, encodeChunk({ kind: 'codes', codes: Int32Array.of(1, -1, 0) }))
  datasets.addChunk('d', 2, 0, encodeChunk({ kind: 'text', values: ['ü', null, ''] }))
  datasets.addChunk('d', -1, 0, encodeChunk({ kind: 'codes', codes: Int32Array.of(2, 3, 5) }))
  datasets.finish('d', {
    nRows: 3,
    columns: [
      { name: 'size', type: 'number', missing: 1 },
      { name: '__proto__', type: 'category', missing: 1 },
      { name: 'note', type: 'text', missing: 1 }
    ],
    dictionaries: [null, ['a', 'b'], null],
    ratings: null,
    source: {
      fileName: 'three.csv',
      bytes: 42,
      sha256: 'x',
      dialect: commaDialect
    },
    problems: { kept: [], counts: {}, total: 0 },
    nRowsLeftOut: 0
  })
  storeResult(session, {
    id: 'a',
    datasetId: 'd',
    kind: 'pca',
    name: 'PCA',
    params: { scale: 'none' },
    milliseconds: 3,
    result: {
      summary: { nSamples: 3 },
      arrays: {
        scores: { dtype: 'float64', shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) },
        rowsUsed: { dtype: 'int32', shape: [3], data: Int32Array.of(0, 1, 2) }
      },
      lists: { users: ['ann', 'bob'] }
    }
  })
}

const codeOf = (step: () => unknown): ErrorCode | 'none' => {
  try {
    step()
    return 'none'
  } catch (thrown) {
    if (thrown instanceof EigendeskError) return thrown.data.code
    throw thrown
  }
}

describe('a session file', () => {
  it('carries our application id and version', () => {
    const session = SessionFile.create(at('s.eigendesk'))
    session.close()
    const db = new Database(at('s.eigendesk'))
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
    expect(db.pragma('user_version', { simple: true })).toBe(CURRENT_VERSION)
    db.close()
  })

  it('gives back what was stored, bit for bit, after it was closed and opened', () => {
    const session = SessionFile.create(at('s.eigendesk'))
    fill(session)
    session.close()
    const again = SessionFile.open(at('s.eigendesk'))
    const view = again.datasets.view('d', ['note', '__proto__', 'size'])
    expect(view.columns[0]).toEqual({ kind: 'text', name: 'note', values: ['ü', null, ''] })
    expect(view.columns[1]).toMatchObject({ kind: 'codes', dictionary: ['a', 'b'] })
    const size = view.columns[2]!
    expect(size.kind === 'number' && [...size.values].map((v) => Object.is(v, -0) || v)).toEqual([1.5, NaN, true])
    expect([...view.lines]).toEqual([2, 3, 5])
    expect(again.analyses.array('a', 'scores', [1]).data).toEqual(Float64Array.of(2, 4, 6))
    expect(again.analyses.array('a', 'rowsUsed').data).toEqual(Int32Array.of(0, 1, 2))
    expect(again.analyses.items('a', 'users')).toEqual(['ann', 'bob'])
    again.close()
  })

  it('shows rows in any order with their file lines', () => {
    const session = SessionFile.create(at('s.eigendesk'))
    fill(session)
    const page = session.datasets.rows('d', [2, 0])
    expect(page.lines).toEqual([5, 2])
    expect(page.columns[1]).toEqual({ kind: 'text', values: ['a', 'b'] })
    expect(codeOf(() => session.datasets.rows('d', [3]))).toBe('INVALID_CALL')
    session.close()
  })

  it('hides an import that did not finish and removes it when it is opened again', () => {
    const session = SessionFile.create(at('s.eigendesk'))
    session.datasets.begin('half', 'half')
    session.datasets.addChunk('half', 0, 0, encodeChunk({ kind: 'number', values: Float64Array.of(1) }))
    expect(session.datasets.list()).toEqual([])
    session.close()
    SessionFile.open(at('s.eigendesk')).close()
    const db = new Database(at('s.eigendesk'))
    expect(db.prepare('SELECT count(*) FROM column_chunk').pluck().get()).toBe(0)
    db.close()
  })

  it('removes the analyses with their dataset', () => {
    const session = SessionFile.create(at('s.eigendesk'))
    fill(session)
    session.datasets.remove('d')
    expect(session.analyses.list()).toEqual([])
    expect(codeOf(() => session.analyses.array('a', 'scores'))).toBe('ANALYSIS_UNKNOWN')
    session.close()
  })

  it('stores the way it is looked at', () => {
    const session = SessionFile.create(at('s.eigendesk'))
    session.view = { ...emptyViewState, current: { type: 'dataset', id: 'd' }, railOpen: false }
    session.close()
    const again = SessionFile.open(at('s.eigendesk'))
    expect(again.view.current).toEqual({ type: 'dataset', id: 'd' })
    expect(again.view.railOpen).toBe(false)
    again.close()
  })
})

describe('save as', () => {
  it('writes one whole file and goes on there', async () => {
    const session = SessionFile.create(at('s.eigendesk'))
    fill(session)
    expect(await session.moveTo(at('t.eigendesk'), unwatched)).toBe(at('s.eigendesk'))
    session.datasets.rename('d', 'renamed')
    session.close()
    expect(readdirSync(folder).sort()).toEqual(['s.eigendesk', 't.eigendesk'])
    const moved = SessionFile.open(at('t.eigendesk'))
    expect(moved.datasets.get('d').name).toBe('renamed')
    expect(moved.untitled).toBe(false)
    expect(moved.name).toBe('t')
    moved.close()
    const left = SessionFile.open(at('s.eigendesk'))
    expect(left.datasets.get('d').name).toBe('three rows')
    left.close()
  })

  it('keeps the old file and the session where the target cannot be written', async () => {
    const session = SessionFile.create(at('s.eigendesk'))
    fill(session)
    await expect(session.moveTo(join(folder, 'no-such-folder', 't.eigendesk'), unwatched)).rejects.toMatchObject({
      data: { code: 'FILE_NOT_WRITABLE' }
    })
    expect(session.datasets.list()).toHaveLength(1)
    session.close()
  })

  it('does not apply a log left beside an older file of that name', async () => {
    const old = SessionFile.create(at('t.eigendesk'))
    fill(old)
    // A crash leaves the log: copy it while the session is open.
    copyFileSync(at('t.eigendesk-wal'), at('wal'))
    old.close()
    copyFileSync(at('wal'), at('t.eigendesk-wal'))
    const session = SessionFile.create(at('s.eigendesk'))
    await session.moveTo(at('t.eigendesk'), unwatched)
    expect(session.datasets.list()).toEqual([])
    session.close()
  })

  /** A session of 8 MB, which is copied in several steps. */
  function makeLarge(): SessionFile {
    const session = SessionFile.create(at('s.eigendesk'))
    fill(session)
    session.datasets.begin('on its way', 'large')
    for (let n = 0; n < 8; n++) {
      const values = Float64Array.from({ length: 131_072 }, (_, i) => Math.sin(i + n))
      session.datasets.addChunk('on its way', n, 0, encodeChunk({ kind: 'number', values }))
    }
    return session
  }

  it('takes with it what is stored while the file is written, and lets it be stored', async () => {
    const session = makeLarge()
    const told: number[] = []
    let changes = 0
    const change = (): void => {
      if (session.path === at('s.eigendesk')) session.datasets.rename('d', `change ${++changes}`)
    }
    const progress = (fraction: number): void => {
      told.push(fraction)
      setImmediate(change)
    }
    await session.moveTo(at('t.eigendesk'), { ...unwatched, progress })
    const before = changes
    expect(before).toBeGreaterThan(2)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    session.close()
    const moved = SessionFile.open(at('t.eigendesk'))
    expect(moved.datasets.get('d').name).toBe(`change ${before}`)
    moved.close()
    expect(readdirSync(folder).sort()).toEqual(['s.eigendesk', 't.eigendesk'])
  })

  it('leaves nothing where it is cancelled on the way, or the session is closed, and what was there is unchanged', async () => {
    const session = makeLarge()
    writeFileSync(at('t.eigendesk'), 'there before')
    const stopped = new EigendeskError('CANCELLED')
    const cancelAt = (wanted: number, stop: () => void) => {
      let step = 0
      return session.moveTo(at('t.eigendesk'), { ...unwatched, checkpoint: () => ++step === wanted && stop() })
    }
    const cancel = (): never => {
      throw stopped
    }
    for (const step of [1, 2, 5]) {
      await expect(cancelAt(step, cancel)).rejects.toBe(stopped)
      expect(session.path).toBe(at('s.eigendesk'))
      session.datasets.rename('d', `after ${step}`)
    }
    await expect(cancelAt(3, () => setImmediate(() => session.close()))).rejects.toMatchObject({
      data: { code: 'CANCELLED' }
    })
    expect(readdirSync(folder).sort()).toEqual(['s.eigendesk', 't.eigendesk'])
    expect(readFileSync(at('t.eigendesk'), 'utf8')).toBe('there before')
    const again = SessionFile.open(at('s.eigendesk'))
    expect(again.datasets.get('d').name).toBe('after 5')
    again.close()
  })
})

describe('a file that is not a session', () => {
  const refused = (path: string): ErrorCode | 'none' => codeOf(() => SessionFile.open(path).close())

  it('is refused with the reason and left untouched', () => {
    writeFileSync(at('text.eigendesk'), 'a,b\n1,2\n'.repeat(40))
    expect(refused(at('text.eigendesk'))).toBe('SESSION_FOREIGN')
    writeFileSync(at('short.eigendesk'), 'SQLite')
    expect(refused(at('short.eigendesk'))).toBe('SESSION_FOREIGN')
    expect(refused(at('missing.eigendesk'))).toBe('FILE_NOT_FOUND')
    expect(refused(folder)).toBe('FILE_IS_FOLDER')

    const db = new Database(at('other.eigendesk'))
    db.exec('CREATE TABLE t (x)')
    db.close()
    const before = readFileSync(at('other.eigendesk'))
    expect(refused(at('other.eigendesk'))).toBe('SESSION_FOREIGN')
    expect(readFileSync(at('other.eigendesk')).equals(before)).toBe(true)
    expect(existsSync(at('other.eigendesk-wal'))).toBe(false)
  })

  it.each([
    ['a trigger', 'CREATE TRIGGER evil AFTER INSERT ON meta BEGIN DELETE FROM dataset; END'],
    ['a view', 'CREATE VIEW evil AS SELECT 1'],
    ['a table of its own', 'CREATE TABLE evil (x)'],
    ['a missing table', 'DROP TABLE result_list'],
    ['an altered table', 'ALTER TABLE dataset ADD COLUMN evil TEXT']
  ])('with %s is refused', (_what, sql) => {
    SessionFile.create(at('s.eigendesk')).close()
    const db = new Database(at('s.eigendesk'))
    db.exec(sql)
    db.close()
    expect(refused(at('s.eigendesk'))).toBe('SESSION_FOREIGN')
  })

  it('of a newer version is refused as newer', () => {
    SessionFile.create(at('s.eigendesk')).close()
    const db = new Database(at('s.eigendesk'))
    db.pragma(`user_version = ${CURRENT_VERSION + 1}`)
    db.close()
    expect(refused(at('s.eigendesk'))).toBe('SESSION_NEWER')
  })

  it('that is damaged is refused as damaged', () => {
    const session = SessionFile.create(at('s.eigendesk'))
    fill(session)
    session.close()
    const bytes = readFileSync(at('s.eigendesk'))
    bytes.fill(0x5a, 16_384 + 8, 16_384 * 3)
    writeFileSync(at('s.eigendesk'), bytes)
    expect(refused(at('s.eigendesk'))).toBe('SESSION_CORRUPT')
    truncateSync(at('s.eigendesk'), 5000)
    expect(refused(at('s.eigendesk'))).toBe('SESSION_CORRUPT')
  })

  it.each([
    ['a description that is no JSON', "UPDATE dataset SET about = '{'"],
    ['a number of rows that is not true', 'UPDATE dataset SET rows = 1e12'],
    ['a column that lost a chunk', 'DELETE FROM column_chunk WHERE position = 0'],
    ['a chunk that is too short', "UPDATE column_chunk SET data = x'00' WHERE position = 1"],
    ['a column of another type', "UPDATE dataset_column SET type = 'text' WHERE position = 0"],
    ['words that are no list', "UPDATE dataset_column SET dictionary = '7' WHERE position = 1"],
    ['an analysis of a kind there is not', "UPDATE analysis SET kind = 'evil'"],
    ['a summary that is no JSON', "UPDATE analysis SET summary = ''"],
    ['an array larger than its numbers', "UPDATE result_array SET shape = '[1000000000,2]'"]
  ])('with %s is refused as damaged', (_what, sql) => {
    const session = SessionFile.create(at('s.eigendesk'))
    fill(session)
    session.close()
    const db = new Database(at('s.eigendesk'))
    db.exec(sql)
    db.close()
    expect(refused(at('s.eigendesk'))).toBe('SESSION_CORRUPT')
  })

  it('is opened where only the way it was looked at is damaged', () => {
    const session = SessionFile.create(at('s.eigendesk'))
    fill(session)
    session.view = emptyViewState
    session.close()
    const db = new Database(at('s.eigendesk'))
    db.exec("UPDATE meta SET value = '{' WHERE key = 'view'")
    db.close()
    const again = SessionFile.open(at('s.eigendesk'))
    expect(again.view).toEqual(emptyViewState)
    again.close()
  })
})
