import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EigendeskError, toErrorData } from '../../core/contract/errors.ts'
import { SessionFile } from '../../core/session/session-file.ts'
import { addAnalysis, importDataset, unwatched } from '../unit/session/fill.ts'
import { writeVersion1 } from '../unit/session/version-1.ts'

let folder: string
let mounted: string | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refused-'))
})
afterEach(() => {
  if (mounted !== null) spawnSync('umount', ['-l', mounted])
  mounted = null
  rmSync(folder, { recursive: true, force: true })
})

const codeOf = (step: () => unknown): string => {
  try {
    step()
    return 'none'
  } catch (thrown) {
    return thrown instanceof EigendeskError ? thrown.data.code : toErrorData(thrown).code
  }
}

/** A disk of 1 MB where one may be mounted: as root in a container that allows it. */
function mountSmallDisk(): string | null {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status !== 0) return null
  mounted = disk
  return disk
}

const fillUp = (disk: string): void => {
  for (let size = 65_536; size >= 512; size /= 2) {
    try {
      for (let n = 0; ; n++) writeFileSync(join(disk, `junk-${size}-${n}`), Buffer.alloc(size))
    } catch {
      continue
    }
  }
}

describe('a full disk', () => {
  it('refuses to save there by its own error, and leaves what was there', async (test) => {
    const disk = mountSmallDisk()
    if (disk === null) return test.skip('no file system can be mounted here')
    const target = join(disk, 'there.eigendesk')
    const there = SessionFile.create(target)
    importDataset(there, 'old')
    there.close()
    fillUp(disk)
    const session = SessionFile.create(join(folder, 's.eigendesk'))
    importDataset(session, 'd')
    await expect(session.moveTo(target, unwatched)).rejects.toMatchObject({ data: { code: 'DISK_FULL' } })
    expect(session.datasets.list().map((d) => d.id)).toEqual(['d'])
    session.history.undo()
    expect(session.path).toBe(join(folder, 's.eigendesk'))
    session.close()
    expect(readdirSync(disk).filter((name) => name.endsWith('.tmp'))).toEqual([])
    for (const name of readdirSync(disk)) if (name.startsWith('junk')) rmSync(join(disk, name))
    const again = SessionFile.open(target)
    expect(again.datasets.list().map((d) => d.id)).toEqual(['old'])
    again.close()
  })

  it('refuses a migration whose copy does not fit, and leaves the file as it was', (test) => {
    const disk = mountSmallDisk()
    if (disk === null) return test.skip('no file system can be mounted here')
    const path = join(disk, 'old.eigendesk')
    writeVersion1(path)
    const before = readFileSync(path)
    fillUp(disk)
    expect(codeOf(() => SessionFile.open(path))).toBe('DISK_FULL')
    for (const name of readdirSync(disk)) if (name.startsWith('junk')) rmSync(join(disk, name))
    expect(readdirSync(disk)).toEqual(['old.eigendesk'])
    expect(readFileSync(path).equals(before)).toBe(true)
    SessionFile.open(path).close()
  })

  it('refuses a step and its undo by its own error, and the session is as it was', (test) => {
    const disk = mountSmallDisk()
    if (disk === null) return test.skip('no file system can be mounted here')
    const session = SessionFile.create(join(disk, 's.eigendesk'))
    importDataset(session, 'd')
    fillUp(disk)
    let kept = 0
    const runOn = (): void => {
      for (; kept < 200; kept++) session.history.record(`run ${kept}`, () => addAnalysis(session, `a${kept}`, 'd'))
    }
    expect(codeOf(runOn)).toBe('DISK_FULL')
    expect(session.analyses.list()).toHaveLength(kept)
    expect(session.history.state.undo).toBe(kept === 0 ? 'import d' : `run ${kept - 1}`)
    expect(codeOf(() => session.history.undo())).toBe('DISK_FULL')
    expect(session.analyses.list()).toHaveLength(kept)
    for (const name of readdirSync(disk)) if (name.startsWith('junk')) rmSync(join(disk, name))
    session.history.undo()
    expect(session.datasets.list()).toHaveLength(kept === 0 ? 0 : 1)
    session.close()
  })
})

describe('a folder that may only be read', () => {
  it('refuses to save there, to migrate there and to open there, each by an error that says so', async (test) => {
    const readOnly = join(folder, 'read-only')
    mkdirSync(readOnly)
    writeVersion1(join(readOnly, 'old.eigendesk'))
    SessionFile.create(join(readOnly, 'new.eigendesk')).close()
    const before = readFileSync(join(readOnly, 'old.eigendesk'))
    chmodSync(folder, 0o755)
    for (const name of readdirSync(readOnly)) chmodSync(join(readOnly, name), 0o444)
    chmodSync(readOnly, 0o555)
    // Root may write everywhere: somebody else tries.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const child = spawn(process.execPath, [join(import.meta.dirname, 'in-read-only-folder.ts'), readOnly], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...nobody
    })
    let told = ''
    child.stdout.on('data', (text: Buffer) => (told += text.toString()))
    await once(child, 'close')
    chmodSync(readOnly, 0o755)
    if ('uid' in nobody && told === '') return test.skip('nobody may not read the folder of the repository')
    expect(JSON.parse(told)).toEqual({
      open: 'FILE_NOT_WRITABLE',
      migrate: 'FILE_NOT_WRITABLE',
      save: 'FILE_NOT_WRITABLE'
    })
    expect(readdirSync(readOnly).sort()).toEqual(['new.eigendesk', 'old.eigendesk'])
    expect(readFileSync(join(readOnly, 'old.eigendesk')).equals(before)).toBe(true)
    expect(existsSync(join(readOnly, 'saved.eigendesk'))).toBe(false)
  })
})
