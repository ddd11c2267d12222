import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openEngine, temporaryFolder } from './open-engine.ts'

it('supposes at the import which numbers tell groups and which only name the rows; a person says otherwise', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'flowers.csv')
  const lines = Array.from({ length: 30 }, (_, i) => `${500 + 3 * i},${(i * 0.37).toFixed(2)},${i % 3}`)
  writeFileSync(path, `sample_id,length,class\n${lines.join('\n')}\n`)
  const { engine, client } = openEngine(folder)
  onTestFinished(() => engine.close())
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'flowers', dialect, columns: null, ragged })
  const { datasetId } = await client.finish(jobId)
  const roles = async () => (await client.call('session.get', {})).datasets[0]!.roles
  expect(await roles()).toEqual({ class: 'group', sample_id: 'label' })
  await client.call('dataset.setRoles', { datasetId: datasetId!, roles: { class: null } })
  expect(await roles()).toEqual({ sample_id: 'label' })
})

it('leads from a line of the file to its row, or to the next', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'table.csv')
  // line 4 is too long and left out, line 5 is blank
  writeFileSync(path, 'a,b\n1,2\n3,4\n5,6,7\n\n8,9\n')
  const { engine, client } = openEngine(folder)
  onTestFinished(() => engine.close())
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'table', dialect, columns: null, ragged })
  const { datasetId } = await client.finish(jobId)
  const rowAt = (line: number) => client.call('dataset.rowAtLine', { datasetId: datasetId!, line })
  expect(await Promise.all([1, 2, 3, 4, 6, 7].map(rowAt))).toEqual([
    { row: 0, line: 2 },
    { row: 0, line: 2 },
    { row: 1, line: 3 },
    { row: 2, line: 6 },
    { row: 2, line: 6 },
    null
  ])
  // the preview shows the rows from a line on
  const far = await client.call('import.preview', { file, fromLine: 3 })
  expect(far.rows.map(({ line }) => line)).toEqual([3, 6])
})
