import Database from 'better-sqlite3'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CURRENT_VERSION } from '../../../core/session/schema.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { writeVersion1 } from './version-1.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migration-'))
  path = join(folder, 'old.eigendesk')
  writeVersion1(path)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const versionOf = (file: string): unknown => {
  const db = new Database(file, { readonly: true })
  const version = db.pragma('user_version', { simple: true })
  db.close()
  return version
}

/** Damages the file in a way that shows only once it has been migrated: what it says of its dataset is not ours. */
function damage(): void {
  const db = new Database(path)
  db.prepare(`UPDATE dataset SET about = json_set(about, '$.nRowsLeftOut', 'many')`).run()
  db.close()
}

describe('a session made by the first version', () => {
  it('is brought up to date with all it holds, and a copy as it was stands beside it', () => {
    const session = SessionFile.open(path)
    expect(session.datasets.view('d', ['x']).columns[0]).toMatchObject({ values: Float64Array.of(1, 2, 3) })
    expect(session.datasets.get('d').source.dialect).toMatchObject({ delimiter: ';', decimal: ',', thousands: '' })
    expect(session.analyses.array('a', 'scores').shape).toEqual([3, 1])
    // What a PCA could not be asked for then is as it always was.
    const asked = { centre: 'mean', divisor: 'n-1', weight: null, supplementaryRows: '', supplementaryColumns: [] }
    expect(session.analyses.get('a').params).toMatchObject(asked)
    expect(session.analyses.get('a').summary).toMatchObject({ centre: 'mean', supplementary: { rows: 0, dropped: [] } })
    expect(session.studies.get('a', 'criteria')).toBeNull()
    session.history.record('remove old', () => session.datasets.remove('d'))
    session.history.undo()
    expect(session.analyses.list()).toHaveLength(1)
    session.close()
    const backup = join(folder, 'old.v1.backup.eigendesk')
    expect(readdirSync(folder).sort()).toEqual(['old.eigendesk', 'old.v1.backup.eigendesk'])
    expect([versionOf(path), versionOf(backup)]).toEqual([CURRENT_VERSION, 1])
    const untouched = join(folder, 'untouched.eigendesk')
    writeVersion1(untouched)
    const [ours, theirs] = [new Database(backup), new Database(untouched)]
    for (const table of ['meta', 'dataset', 'dataset_column', 'column_chunk', 'analysis', 'result_chunk']) {
      expect(ours.prepare(`SELECT * FROM ${table}`).all()).toEqual(theirs.prepare(`SELECT * FROM ${table}`).all())
    }
    ours.close()
    theirs.close()
  })

  it('is backed up under another name where there is such a copy already', () => {
    SessionFile.open(path).close()
    const first = readFileSync(join(folder, 'old.v1.backup.eigendesk'))
    rmSync(path)
    writeVersion1(path)
    SessionFile.open(path).close()
    expect(readFileSync(join(folder, 'old.v1.backup.eigendesk')).equals(first)).toBe(true)
    expect(versionOf(join(folder, 'old.v1.backup 2.eigendesk'))).toBe(1)
  })

  it('is as it was where the migration fails', () => {
    damage()
    const before = readFileSync(path)
    expect(() => SessionFile.open(path)).toThrow(/description/)
    expect(versionOf(path)).toBe(1)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('is as it was where no copy can be put beside it', (test) => {
    if (process.getuid?.() === 0) return test.skip('root may write everywhere')
    const before = readFileSync(path)
    chmodSync(folder, 0o500)
    try {
      expect(() => SessionFile.open(path)).toThrow()
    } finally {
      chmodSync(folder, 0o700)
    }
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})
