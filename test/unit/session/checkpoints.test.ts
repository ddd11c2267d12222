import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SessionFile } from '../../../core/session/session-file.ts'
import { addAnalysis, importDataset, unwatched } from './fill.ts'

let folder: string
let session: SessionFile
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoints-'))
  session = SessionFile.create(join(folder, 's.eigendesk'))
  importDataset(session, 'd')
  session.history.record('run a', () => addAnalysis(session, 'a', 'd'))
})
afterEach(() => {
  session.close()
  rmSync(folder, { recursive: true, force: true })
})

const reopen = (): void => {
  session.close()
  session = SessionFile.open(join(folder, 's.eigendesk'))
}

it('a checkpoint brings back what was removed since, after closing too, and going back can be undone', () => {
  const id = session.checkpoints.save('before the meeting')
  expect(session.checkpoints.list()).toMatchObject([{ id, name: 'before the meeting', nDatasets: 1, nAnalyses: 1 }])
  session.history.record('remove d', () => session.datasets.remove('d'))
  importDataset(session, 'e')
  // Far more steps than are kept: only the checkpoint leads back.
  for (let n = 0; n < 101; n++) session.history.record('rename', () => session.datasets.rename('e', `e${n}`))
  reopen()
  expect(session.checkpoints.revertTo(id)).toEqual([
    { type: 'dataset', id: 'd' },
    { type: 'analysis', id: 'a' }
  ])
  expect(session.datasets.list().map((d) => d.id)).toEqual(['d'])
  expect(session.analyses.array('a', 'scores').data).toEqual(Float64Array.of(1, 2, 3))
  expect(session.history.state).toEqual({ undo: 'revert to before the meeting', redo: null })
  session.history.undo()
  expect(session.datasets.list().map((d) => d.name)).toEqual(['e100'])
})

it('what only a removed checkpoint named goes with it', () => {
  const id = session.checkpoints.save('kept')
  session.history.record('remove d', () => session.datasets.remove('d'))
  session.checkpoints.remove(id)
  importDataset(session, 'e')
  for (let n = 0; n < 101; n++) session.history.record('rename', () => session.datasets.rename('e', `e${n}`))
  reopen()
  expect(session.datasets.listKept().map((d) => d.id)).toEqual(['e'])
  expect(() => session.checkpoints.revertTo(id)).toThrow('That checkpoint no longer exists.')
})

it('a duplicate holds the same, under a name that says whose copy it is, and the two part ways', async () => {
  const path = join(folder, 'copy.eigendesk')
  await session.duplicateTo(path, unwatched)
  session.history.record('remove d', () => session.datasets.remove('d'))
  const copy = SessionFile.open(path)
  expect([copy.name, copy.untitled, copy.id === session.id]).toEqual(['Copy of Untitled session', true, false])
  expect(copy.datasets.list().map((d) => d.id)).toEqual(['d'])
  copy.close()
})
