import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { toErrorData } from '../../../core/contract/errors.ts'
import { describeSteps, type Role } from '../../../core/contract/preparation.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

async function openIris(client: LocalClient): Promise<string> {
  const { jobId } = await client.call('sample.open', { sample: 'iris' })
  return (await client.finish(jobId)).datasetId!
}

const datasetOf = async (client: LocalClient, id: string) => {
  const { datasets } = await client.call('session.get', {})
  return datasets.find((dataset) => dataset.id === id)!
}

it('derives a dataset from its parent, which does not change, and finds it again when the session is opened', async () => {
  const folder = temporaryFolder()
  const { engine, client } = openEngine(folder)
  const parentId = await openIris(client)
  const before = await client.call('dataset.rows', { datasetId: parentId, rows: [0, 149] })
  const { columns } = await datasetOf(client, parentId)
  const [first, second] = columns.filter((column) => column.type === 'number').map((column) => column.name)
  const species = columns.find((column) => column.type === 'category')!
  await client.call('dataset.setRoles', { datasetId: parentId, roles: { [species.name]: 'group' } })
  const { jobId } = await client.call('preparation.derive', {
    datasetId: parentId,
    name: 'virginica',
    steps: [
      { kind: 'filter', conditions: [{ test: 'oneOf', column: species.name, values: [species.topValues![2]!.value] }] },
      { kind: 'transform', columns: [first!, second!], function: 'log' },
      { kind: 'rename', column: species.name, name: 'kind' }
    ]
  })
  const { datasetId } = await client.finish(jobId)
  const derived = await datasetOf(client, datasetId!)
  expect(derived).toMatchObject({ name: 'virginica', nRows: 50, roles: { kind: 'group' }, preparation: { parentId } })
  expect(describeSteps(derived)[1]).toBe(`Log of ${first}, ${second}`)
  const rows = await client.call('dataset.rows', { datasetId: datasetId!, rows: [49] })
  expect(rows.lines).toEqual([before.lines[1]])
  expect(rows.columns[0]!.values[0]).toBe(Math.log(before.columns[0]!.values[1] as number))
  expect(await client.call('dataset.rows', { datasetId: parentId, rows: [0, 149] })).toEqual(before)
  await engine.close()

  const again = openEngine(folder)
  expect(await datasetOf(again.client, datasetId!)).toEqual(derived)
  await again.engine.close()
})

it('changes steps in place until something stands on the dataset, then beside it', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  const parentId = await openIris(client)
  const { columns } = await datasetOf(client, parentId)
  const measured = columns.filter((column) => column.type === 'number').map((column) => column.name)
  const scale = (name: string) => ({ kind: 'transform' as const, columns: [name], function: 'standardize' as const })
  const derive = await client.call('preparation.derive', {
    datasetId: parentId,
    name: 'z',
    steps: [scale(measured[0]!)]
  })
  const first = (await client.finish(derive.jobId)).datasetId!
  const change = async (datasetId: string, ...names: string[]) => {
    const { jobId } = await client.call('preparation.change', { datasetId, steps: names.map(scale) })
    return (await client.finish(jobId)).datasetId!
  }
  const second = await change(first, measured[0]!, measured[1]!)
  expect((await client.call('session.get', {})).datasets.map(({ id, name }) => [id, name])).toEqual([
    [parentId, 'Fisher’s iris'],
    [second, 'z']
  ])
  const run = await client.call('analysis.run', { datasetId: second, kind: 'pca', params: {} })
  await client.finish(run.jobId)
  const third = await change(second, measured[2]!)
  const { datasets } = await client.call('session.get', {})
  expect(datasets.map(({ id, name }) => [id, name])).toEqual([
    [parentId, 'Fisher’s iris'],
    [second, 'z'],
    [third, 'z 2']
  ])
  await client.call('dataset.remove', { datasetId: parentId })
  await expect(
    client.call('preparation.change', { datasetId: third, steps: [scale(measured[0]!)] })
  ).rejects.toMatchObject({
    data: { code: 'PARENT_GONE' }
  })
  await engine.close()
})

it('says which step cannot be done, in the preview and in the work, and leaves nothing', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  const datasetId = await openIris(client)
  const { columns } = await datasetOf(client, datasetId)
  const species = columns.find((column) => column.type === 'category')!.name
  const steps = [
    { kind: 'distinct' as const },
    { kind: 'transform' as const, columns: [species], function: 'log' as const }
  ]
  const preview = await client.call('preparation.preview', { datasetId, steps })
  // Rows 102 and 143 of Fisher's iris are equal.
  expect(preview.reports.map((report) => report.text)).toEqual([
    'Removed 1 row equal to an earlier one in every column'
  ])
  expect(preview.failure).toMatchObject({ step: 1, error: { code: 'STEP_COLUMN_TYPE' } })
  const { jobId } = await client.call('preparation.derive', { datasetId, steps, name: 'no' })
  await expect(client.finish(jobId)).rejects.toMatchObject({ data: { code: 'STEP_COLUMN_TYPE', where: { step: 2 } } })
  expect((await client.call('session.get', {})).datasets).toHaveLength(1)
  await engine.close()
})

it('gives each column its role, one call after the other, and takes it away again', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  const datasetId = await openIris(client)
  const { columns } = await datasetOf(client, datasetId)
  const [first, second] = columns.map((column) => column.name) as [string, string]
  const set = (roles: Record<string, Role | null>) => client.call('dataset.setRoles', { datasetId, roles })
  await Promise.all([set({ [first]: 'ignore' }), set({ [second]: 'label' })])
  expect((await datasetOf(client, datasetId)).roles).toEqual({ [first]: 'ignore', [second]: 'label' })
  await set({ [first]: null })
  expect((await datasetOf(client, datasetId)).roles).toEqual({ [second]: 'label' })
  await client.call('history.undo', {})
  expect((await datasetOf(client, datasetId)).roles).toEqual({ [first]: 'ignore', [second]: 'label' })
  await expect(set({ nowhere: 'group' })).rejects.toMatchObject({ data: { code: 'COLUMN_UNKNOWN' } })
  await engine.close()
})

it('takes any name of a column', async () => {
  const folder = temporaryFolder()
  const { engine, client } = openEngine(folder)
  const path = join(folder, 'names.csv')
  writeFileSync(path, '__proto__,constructor,toString\n1,2,a\n,4,b\n5,,a\n7,8,b\n9,1,a\n')
  const file = client.grant(path, 'read')
  const { dialect } = await client.call('import.preview', { file })
  const types = { 0: 'number', 1: 'number', 2: 'category' } as const
  const about = { file, name: 'names', dialect, columns: null, types, ragged: 'pad' } as const
  const { datasetId } = await client.finish((await client.call('import.commit', about)).jobId)
  const { jobId } = await client.call('preparation.derive', {
    datasetId: datasetId!,
    name: 'filled',
    steps: [
      { kind: 'impute', columns: ['__proto__', 'constructor'], method: 'median' },
      { kind: 'encode', columns: ['toString'] }
    ]
  })
  const made = (await client.finish(jobId)).datasetId!
  expect((await datasetOf(client, made)).columns.map((column) => column.name)).toEqual([
    '__proto__',
    'constructor',
    'toString = a',
    'toString = b'
  ])
  const filled = await client.call('dataset.imputed', { datasetId: made, rows: [0, 1, 2] })
  expect(Object.entries(filled)).toEqual([
    ['__proto__', [1]],
    ['constructor', [2]]
  ])
  await engine.close()
})

it('leaves nothing where it is cancelled, whenever that is', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  const datasetId = await openIris(client)
  const before = await client.call('session.get', {})
  const steps = [{ kind: 'distinct' as const }]
  for (const delay of [0, 0, 1, 2, 5, 10]) {
    const { jobId } = await client.call('preparation.derive', { datasetId, steps, name: 'gone' })
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
    await client.call('job.cancel', { jobId })
    const outcome = await client.finish(jobId).then(
      (done) => done.datasetId,
      (thrown: unknown) => toErrorData(thrown).code
    )
    const { datasets } = await client.call('session.get', {})
    // It may have been faster than the cancelling: then it is whole.
    if (outcome === 'CANCELLED') expect(datasets).toEqual(before.datasets)
    else await client.call('dataset.remove', { datasetId: outcome! })
  }
  const { jobId } = await client.call('preparation.derive', { datasetId, steps, name: 'kept' })
  expect((await client.finish(jobId)).datasetId).toBeDefined()
  await engine.close()
})

it('marks the cells that were filled in, also in what is derived from them', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  const datasetId = await openIris(client)
  const { columns } = await datasetOf(client, datasetId)
  const [width] = columns.filter((column) => column.type === 'number').map((column) => column.name)
  const derive = async (from: string, steps: Parameters<typeof client.call<'preparation.derive'>>[1]['steps']) => {
    const { jobId } = await client.call('preparation.derive', { datasetId: from, steps, name: 'next' })
    return (await client.finish(jobId)).datasetId!
  }
  const filled = await derive(datasetId, [
    { kind: 'transform', columns: [width!], function: 'center' },
    { kind: 'transform', columns: [width!], function: 'log' },
    { kind: 'impute', columns: [width!], method: 'mean' }
  ])
  const marked = await client.call('dataset.imputed', { datasetId: filled, rows: [0, 1, 50] })
  // The first flowers are smaller than the average one, the fiftieth is larger.
  expect(marked).toEqual({ [width!]: [0, 1] })
  const less = await derive(filled, [{ kind: 'choose', columns: [width!] }])
  expect(await client.call('dataset.imputed', { datasetId: less, rows: [0, 50] })).toEqual({ [width!]: [0] })
  await engine.close()
})
