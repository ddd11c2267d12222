import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { linkSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { importDataset, unwatched } from './fill.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sole-use-'))
  path = join(folder, 's.eigendesk')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const refusal = (step: () => unknown): string => {
  try {
    step()
    return 'none'
  } catch (thrown) {
    return thrown instanceof EigendeskError ? thrown.data.code : String(thrown)
  }
}

/** Another process that has the session open; it has renamed its dataset. */
async function holdElsewhere(): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'session-holder.ts'), path], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  return holder
}

describe('a session that is open', () => {
  it('is refused to another process, which is told why, and may be opened once that one is killed', async () => {
    const created = SessionFile.create(path)
    importDataset(created, 'd')
    created.close()
    const holder = await holdElsewhere()
    expect(refusal(() => SessionFile.open(path))).toBe('SESSION_BUSY')
    // Looking at it must not have taken the lock from under the one who holds it.
    expect(refusal(() => SessionFile.open(path))).toBe('SESSION_BUSY')
    const other = SessionFile.create(join(folder, 'other.eigendesk'))
    await expect(other.moveTo(path, unwatched)).rejects.toMatchObject({ data: { code: 'SESSION_BUSY' } })
    other.close()

    const ended = once(holder, 'close')
    holder.kill('SIGKILL')
    await ended
    const session = SessionFile.open(path)
    expect(session.datasets.get('d').name).toBe('held')
    session.close()
  })

  it('is refused to the same process, by whatever path, and stays locked to others', async () => {
    const session = SessionFile.create(path)
    linkSync(path, join(folder, 'same.eigendesk'))
    expect(refusal(() => SessionFile.open(path))).toBe('SESSION_BUSY')
    expect(refusal(() => SessionFile.open(join(folder, 'same.eigendesk')))).toBe('SESSION_BUSY')
    expect(session.isAt(join(folder, 'same.eigendesk'))).toBe(true)
    const probe = spawn(process.execPath, [join(import.meta.dirname, 'session-holder.ts'), path], {
      stdio: ['pipe', 'pipe', 'pipe']
    })
    let said = ''
    probe.stderr.on('data', (text: Buffer) => (said += text.toString()))
    await once(probe, 'close')
    expect(said).toContain('is open in another window')
    session.close()
    SessionFile.open(path).close()
  })
})
