import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Library } from '../../../core/session/library.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { importDataset } from './fill.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function makeSession(name: string, filled: boolean): SessionFile {
  const session = SessionFile.create(join(folder, `${name}.eigendesk`))
  if (filled) importDataset(session, 'x')
  return session
}

describe('sessions that windows held when the application was killed', () => {
  it('are those never released that hold something, those used last at the end, without what is gone or given', () => {
    const library = new Library(join(folder, 'library.sqlite'))
    const names = ['one', 'two', 'empty', 'released', 'gone', 'given']
    const sessions = names.map((name) => makeSession(name, name !== 'empty'))
    for (const session of sessions) library.remember(session)
    library.release(join(folder, 'released.eigendesk'))
    for (const session of sessions) session.close()
    rmSync(join(folder, 'gone.eigendesk'))
    library.close()

    const next = new Library(join(folder, 'library.sqlite'))
    expect(next.lastPath()).toBe(join(folder, 'given.eigendesk'))
    expect(['one', 'released'].map((name) => next.isOpen(join(folder, `${name}.eigendesk`)))).toEqual([true, false])
    const left = next.leftOpen(join(folder, 'given.eigendesk'))
    expect(left).toEqual([join(folder, 'one.eigendesk'), join(folder, 'two.eigendesk')])
    for (const path of left) next.release(path)
    expect(next.leftOpen(join(folder, 'given.eigendesk'))).toEqual([])
    next.release(join(folder, 'given.eigendesk'))
    next.release(join(folder, 'gone.eigendesk'))
    expect(next.lastPath()).toBe(join(folder, 'given.eigendesk'))
    next.close()
  })
})
