import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { writeWhole } from '../../../core/engine/write-whole.ts'
import { repository, temporaryFolder } from './open-engine.ts'

it('writes texts and bytes one after the other, and counts bytes', () => {
  const path = join(temporaryFolder(), 'x.txt')
  expect(writeWhole(path, ['ü', 'b'])).toBe(3)
  expect(readFileSync(path, 'utf8')).toBe('üb')
  expect(writeWhole(path, [Uint8Array.of(1, 2)])).toBe(2)
  expect([...readFileSync(path)]).toEqual([1, 2])
})

// A limit on the size of a file does what a disk does that is nearly full: the last write is cut short, without an error.
it.runIf(process.platform === 'linux')('leaves what was there where the last piece does not fit', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'x.txt')
  writeFileSync(path, 'before')
  const module = pathToFileURL(join(repository, 'core/engine/write-whole.ts')).href
  const script = `import { writeWhole } from '${module}'
    try { writeWhole('${path}', ['x'.repeat(70000), 'y'.repeat(60000)]) } catch (error) { console.log(error.data.code) }`
  const limited = 'ulimit -f 120; exec "$0" --input-type=module -e "$1"'
  const { stdout, stderr } = spawnSync('bash', ['-c', limited, process.execPath, script], { encoding: 'utf8' })
  expect(stdout.trim(), stderr).toBe('FILE_NOT_WRITABLE')
  expect(readFileSync(path, 'utf8')).toBe('before')
  expect(readdirSync(folder)).toEqual(['x.txt'])
})
