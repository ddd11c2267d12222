import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

/** A file system of a few megabytes, where one may be mounted: as root in a container that allows it. */
function mountSmallDisk(): string | null {
  const folder = join(temporaryFolder(), 'disk')
  mkdirSync(folder)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder]).status !== 0) return null
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  return folder
}

it('a disk that fills up during an import ends it with its own error and leaves the session as it was', async (test) => {
  const disk = mountSmallDisk()
  if (disk === null) return test.skip('no file system can be mounted here')
  const { engine, client } = openEngine(disk)
  onTestFinished(() => engine.close())
  const elsewhere = temporaryFolder()
  const importRows = async (name: string, nRows: number): Promise<string> => {
    const path = join(elsewhere, name)
    writeFileSync(path, `a,b\n${Array.from({ length: nRows }, (_, i) => `${i % 13},${i / 7}`).join('\n')}\n`)
    const file = client.grant(path, 'read')
    const { dialect, ragged } = await client.call('import.preview', { file })
    const { jobId } = await client.call('import.commit', { file, name, dialect, columns: null, ragged })
    return client.finish(jobId).then(
      () => 'done',
      (thrown: unknown) => (thrown instanceof EigendeskError ? thrown.data.code : String(thrown))
    )
  }
  expect(await importRows('small.csv', 200)).toBe('done')
  expect(await importRows('large.csv', 400_000)).toBe('DISK_FULL')
  const { datasets, jobs } = await client.call('session.get', {})
  expect([datasets.map((d) => d.name), jobs]).toEqual([['small.csv'], []])
  expect(await importRows('after.csv', 200)).toBe('done')
})
