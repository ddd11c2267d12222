import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { TableFile } from '../../../core/engine/table-file.ts'
import { temporaryFolder } from './open-engine.ts'

const MEGABYTE = 1024 * 1024

const codeOf = (step: () => unknown): string => {
  try {
    step()
    return 'none'
  } catch (thrown) {
    return thrown instanceof EigendeskError ? thrown.data.code : String(thrown)
  }
}

const makeFile = (bytes: number): string => {
  const path = join(temporaryFolder(), 'table.csv')
  writeFileSync(path, Buffer.alloc(bytes, 'a,b\n'))
  return path
}

/** Reads a file to its end; between the first block and the rest something happens to it. */
const readThrough = (path: string, meanwhile: () => void): string => {
  const file = new TableFile(path)
  try {
    return codeOf(() => {
      let blocks = 0
      for (const block of file.blocks()) if (block.length > 0 && blocks++ === 0) meanwhile()
    })
  } finally {
    file.close()
  }
}

it('reads every byte, block by block, each in memory of its own', () => {
  const file = new TableFile(makeFile(2.5 * MEGABYTE))
  const blocks = [...file.blocks()]
  file.close()
  expect(blocks.map((b) => b.length)).toEqual([MEGABYTE, MEGABYTE, MEGABYTE / 2])
  expect(new Set(blocks.map((b) => b.buffer)).size).toBe(3)
})

it('notices a file that is cut, grows or is written over while it is read', () => {
  const cut = makeFile(3 * MEGABYTE)
  expect(readThrough(cut, () => truncateSync(cut, MEGABYTE))).toBe('FILE_CHANGED')
  const grown = makeFile(3 * MEGABYTE)
  expect(readThrough(grown, () => appendFileSync(grown, '1,2\n'))).toBe('FILE_CHANGED')
  const over = makeFile(3 * MEGABYTE)
  expect(readThrough(over, () => writeFileSync(over, Buffer.alloc(3 * MEGABYTE, 'c,d\n')))).toBe('FILE_CHANGED')
})

it('goes on reading a file whose name vanishes: its content is still whole', () => {
  const path = makeFile(3 * MEGABYTE)
  expect(readThrough(path, () => unlinkSync(path))).toBe('none')
})

it('refuses what is no file', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'folder'))
  writeFileSync(join(folder, 'empty'), '')
  expect(codeOf(() => new TableFile(join(folder, 'folder')))).toBe('FILE_IS_FOLDER')
  expect(codeOf(() => new TableFile(join(folder, 'empty')))).toBe('FILE_EMPTY')
  expect(codeOf(() => new TableFile(join(folder, 'nowhere')))).toBe('FILE_NOT_FOUND')
  expect(codeOf(() => new TableFile('/dev/null'))).toBe('FILE_UNREADABLE')
})

it.runIf(process.platform !== 'win32')(
  'refuses a pipe at once instead of waiting for somebody to write into it',
  () => {
    const path = join(temporaryFolder(), 'pipe.csv')
    execFileSync('sh', ['-c', 'mkfifo "$0"', path])
    expect(codeOf(() => new TableFile(path))).toBe('FILE_UNREADABLE')
  }
)

it.runIf(process.platform === 'linux')(
  'says by name what the system refuses: a file below a file, a name too long',
  () => {
    const path = makeFile(4)
    expect(codeOf(() => new TableFile(join(path, 'x.csv')))).toBe('FILE_NOT_FOUND')
    expect(codeOf(() => new TableFile(`${path}${'x'.repeat(300)}`))).toBe('FILE_UNREADABLE')
  }
)
