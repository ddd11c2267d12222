import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

/** The engine with one table: id, kind, a long text. */
async function openTable(content: string): Promise<{ client: LocalClient; datasetId: string; columns: string[] }> {
  const folder = temporaryFolder()
  const path = join(folder, 'table.csv')
  writeFileSync(path, content)
  const { engine, client } = openEngine(folder)
  onTestFinished(() => engine.close())
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'table', dialect, columns: null, ragged })
  const { datasetId } = await client.finish(jobId)
  const info = await client.call('session.get', {})
  return { client, datasetId: datasetId!, columns: info.datasets[0]!.columns.map((column) => column.name) }
}

const rowsOf = (n: number): string =>
  [
    'id,kind,size',
    ...Array.from({ length: n }, (_, i) => `${i},${i % 3 === 0 ? 'three' : 'other'},${(i * 7919) % n}.5`)
  ].join('\n')

describe('looking at a table', () => {
  it('sorts and filters, and gives the rows and cells of any part', async () => {
    const { client, datasetId } = await openTable(rowsOf(1000))
    const { viewId, nRows } = await client.call('table.arrange', {
      datasetId,
      sort: [{ column: 'size', direction: 'descending' }],
      filters: [{ kind: 'values', column: 'kind', values: ['three'], missing: false }]
    })
    expect(nRows).toBe(334)
    const order = await client.call('table.span', { viewId, from: 0, count: 1000 })
    // 7919 is prime, so i·7919 mod 1000 are all different: the definition of the file, sorted here
    const expected = Array.from({ length: 334 }, (_, i) => 3 * i).sort(
      (a, b) => ((b * 7919) % 1000) - ((a * 7919) % 1000)
    )
    expect([...order]).toEqual(expected)
    expect([...(await client.call('table.span', { viewId, from: 330, count: 10 }))]).toEqual(expected.slice(330))

    const rows = [...order.subarray(5, 8)]
    const [size, kind] = await client.call('table.cells', { datasetId, rows, columns: [2, 1] })
    expect(size).toEqual({ kind: 'number', values: Float64Array.from(rows, (i) => ((i * 7919) % 1000) + 0.5) })
    expect(kind).toEqual({ kind: 'text', values: ['three', 'three', 'three'] })

    expect(await client.call('table.position', { viewId, row: expected[100]! })).toEqual({ position: 100 })
    expect(await client.call('table.position', { viewId, row: 1 })).toEqual({ position: -1 })
  })

  it('finds a text in the rows that are shown, in their order', async () => {
    const { client, datasetId } = await openTable(rowsOf(300))
    const { viewId } = await client.call('table.arrange', {
      datasetId,
      sort: [{ column: 'id', direction: 'descending' }],
      filters: [{ kind: 'range', column: 'id', from: 100, to: null }]
    })
    const found = await client.call('table.find', { datasetId, viewId, columns: [0, 1], text: '29' })
    // 129, 229 and 290 … 299: shown are 299 … 100, so 299 stands at 0
    expect([...found.positions]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 70, 170])
    expect(new Set(found.columns)).toEqual(new Set([0]))
    expect((await client.call('table.find', { datasetId, viewId: null, columns: [1], text: 'THREE' })).total).toBe(100)
  })

  it('cuts long cells, and has them whole on demand', async () => {
    const long = 'é'.repeat(3000)
    const { client, datasetId, columns } = await openTable(`name,text\na,${long}\nb,short\nc,\n`)
    const position = columns.indexOf('text')
    const [cells] = await client.call('table.cells', { datasetId, rows: [2, 0, 1], columns: [position] })
    expect(cells).toEqual({ kind: 'text', values: [null, `${'é'.repeat(1000)}…`, 'short'] })
    expect(await client.call('table.cell', { datasetId, row: 0, column: position })).toEqual({
      text: long,
      isCut: false
    })
  })

  it('reads the cells of a wide table, whose chunks are short, as they are', async () => {
    const [nRows, nColumns] = [70, 3000]
    const cell = (row: number, column: number): number => ((row * 31 + column * 17) % 1009) / 8
    const names = Array.from({ length: nColumns }, (_, j) => `c${j}`)
    const lines = Array.from({ length: nRows }, (_, i) => names.map((_, j) => cell(i, j)).join(','))
    const { client, datasetId } = await openTable([names.join(','), ...lines].join('\n'))
    const rows = [69, 0, 33]
    const columns = [2999, 0, 1500, 7]
    const cells = await client.call('table.cells', { datasetId, rows, columns })
    expect(cells).toEqual(columns.map((j) => ({ kind: 'number', values: Float64Array.from(rows, (i) => cell(i, j)) })))
  })

  it('sorts and filters dates by the order each column has', async () => {
    const rows = ['1/2/2024,2/1/2024', '3/1/2024,1/3/2024', '25/3/2024,3/25/2024', '13/2/2024,2/13/2024']
    const { client, datasetId } = await openTable(['born,paid', ...rows].join('\n'))
    // the same days in both columns: 1 February, 3 January, 25 March, 13 February
    for (const column of ['born', 'paid']) {
      const { viewId } = await client.call('table.arrange', {
        datasetId,
        sort: [{ column, direction: 'ascending' }],
        filters: [{ kind: 'range', column, from: '2024-01-15', to: null }]
      })
      expect([...(await client.call('table.span', { viewId, from: 0, count: 10 }))]).toEqual([0, 3, 2])
    }
  })

  it('refuses rows, columns and arrangements that are not there', async () => {
    const { client, datasetId } = await openTable(rowsOf(10))
    const refused = [
      client.call('table.cells', { datasetId, rows: [10], columns: [0] }),
      client.call('table.cells', { datasetId, rows: [0], columns: [3] }),
      client.call('table.span', { viewId: 'none', from: 0, count: 1 }),
      client.call('table.arrange', { datasetId, sort: [{ column: 'no', direction: 'ascending' }], filters: [] })
    ]
    const codes = await Promise.all(
      refused.map((call) =>
        call.catch((thrown: unknown) => (thrown instanceof EigendeskError ? thrown.data.code : thrown))
      )
    )
    expect(codes).toEqual(['INVALID_CALL', 'INVALID_CALL', 'VIEW_UNKNOWN', 'COLUMN_UNKNOWN'])
  })
})

describe('the columns of a table', () => {
  const table = (n: number): string =>
    [
      'x,copy,line,noise,same,nearly,kind,none',
      ...Array.from({ length: n }, (_, i) => {
        const x = (i * 37) % 101
        return [x, x, 2 * x + (i % 2) / 10, (i * 61) % 97, 5, i === 7 ? 1 : 0, i % 4 === 0 ? 'a' : 'b', ''].join(',')
      })
    ].join('\n')

  it('are described, and what is odd about them is said', async () => {
    const { client, datasetId } = await openTable(table(200))
    const { columns, rowsCompared } = await client.call('columns.describe', { datasetId })
    expect(rowsCompared).toBe(200)
    const flags = Object.fromEntries(columns.map((column) => [column.name, column.flags]))
    expect(flags).toMatchObject({
      copy: [{ kind: 'duplicate', of: 'x' }],
      line: [{ kind: 'correlated', with: 'x' }],
      noise: [],
      same: [{ kind: 'constant' }],
      nearly: [{ kind: 'nearlyConstant', value: '0', share: 0.995 }],
      kind: [],
      none: [{ kind: 'empty' }]
    })
    expect(columns[0]).toMatchObject({ name: 'x', present: 200, missing: 0, distinct: 101, min: 0, max: 100 })
    expect(columns[6]).toMatchObject({ present: 200, distinct: 2 })
    expect(columns[7]).toMatchObject({ present: 0, missing: 200 })
    // kept with the session: the same again
    expect(await client.call('columns.describe', { datasetId })).toEqual({ columns, rowsCompared })
    expect((await client.call('columns.detail', { datasetId, column: 'kind' })).top).toEqual([
      { value: 'b', count: 150 },
      { value: 'a', count: 50 }
    ])
  })

  it('are correlated, and put beside those they are like', async () => {
    const { client, datasetId } = await openTable(table(200))
    const asked = { datasetId, columns: ['x', 'noise', 'line'], method: 'spearman' as const }
    const { r, n, byStrength, rows } = await client.call('columns.correlate', asked)
    expect(rows).toBe(200)
    expect([...n]).toEqual(new Array(9).fill(200))
    expect(r[2]).toBeGreaterThan(0.999)
    expect([...byStrength].indexOf(1)).not.toBe(1)
    const refused = client.call('columns.correlate', { ...asked, columns: ['x', 'kind'] })
    await expect(refused).rejects.toMatchObject({ data: { code: 'COLUMN_NOT_NUMERIC' } })
  })
})
