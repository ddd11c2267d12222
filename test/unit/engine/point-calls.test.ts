import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ResultArray } from '../../../core/contract/analysis.ts'
import type { Desk } from '../../../core/engine/desk.ts'
import { pointHandlers } from '../../../core/engine/point-calls.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { importDataset, storeResult } from '../session/fill.ts'
import { temporaryFolder } from './open-engine.ts'

/** By rows three and more chunks, and rows that begin in one and end in the next; by columns two chunks each. */
const ROWS = 70_000
const COLUMNS = 5
const valueAt = (row: number, column: number): number => row / 3 + column * 1000

function openScores(byColumns: boolean): { session: SessionFile; handlers: ReturnType<typeof pointHandlers> } {
  const session = SessionFile.create(join(temporaryFolder(), 's.eigendesk'))
  onTestFinished(() => session.close())
  importDataset(session, 'd')
  const data = Float64Array.from({ length: ROWS * COLUMNS }, (_, i) =>
    byColumns ? valueAt(i % ROWS, Math.floor(i / ROWS)) : valueAt(Math.floor(i / COLUMNS), i % COLUMNS)
  )
  const scores: ResultArray = { dtype: 'float64', shape: [ROWS, COLUMNS], data, ...(byColumns && { byColumns: true }) }
  storeResult(session, {
    id: 'a',
    datasetId: 'd',
    kind: 'pca',
    name: 'PCA',
    params: {},
    milliseconds: 1,
    result: { summary: {}, arrays: { scores }, lists: {} }
  })
  return { session, handlers: pointHandlers({ session } as unknown as Desk) }
}

const asked = { analysisId: 'a', name: 'scores' }

describe.each([false, true])('an array that lies by columns: %s', (byColumns) => {
  it('plots columns in single precision, in the order asked, the second time without reading them again', async () => {
    const { session, handlers } = openScores(byColumns)
    const [last, first] = await handlers['analysis.plot']({ ...asked, columns: [4, 0] })
    for (let row = 0; row < ROWS; row++) {
      if (last![row] === Math.fround(valueAt(row, 4)) && first![row] === Math.fround(valueAt(row, 0))) continue
      expect.fail(`row ${row}: ${last![row]}, ${first![row]}`)
    }
    const read = session.analyses.parts.bind(session.analyses)
    session.analyses.parts = (id, name) => {
      const parts = read(id, name)
      parts.pieces = () => expect.fail('read again')
      return parts
    }
    const [third] = await handlers['analysis.plot']({ ...asked, columns: byColumns ? [4] : [2] })
    expect(third![69_999]).toBe(Math.fround(valueAt(69_999, byColumns ? 4 : 2)))
  })

  it('gives rows exactly, those that lie in two chunks too', async () => {
    const { handlers } = openScores(byColumns)
    // 65,536 = 13,107 rows of five and one value more.
    const rows = [13_107, 0, 69_999, 65_536, 65_535, 13_106, 26_214, 1, 2, 3, 4, 5]
    const values = await handlers['analysis.rows']({ ...asked, rows, columns: [3, 1, 4] })
    expect([...values]).toEqual(rows.flatMap((row) => [3, 1, 4].map((column) => valueAt(row, column))))
  })

  it('refuses rows, columns and arrays that are not there', async () => {
    const { handlers } = openScores(byColumns)
    expect(() => handlers['analysis.rows']({ ...asked, rows: [ROWS], columns: [0] })).toThrow(/scores, row 70000/)
    expect(() => handlers['analysis.rows']({ ...asked, rows: [0], columns: [5] })).toThrow(/scores, column 5/)
    await expect(handlers['analysis.plot']({ ...asked, columns: [5] })).rejects.toThrow(/scores, column 5/)
    await expect(handlers['analysis.plot']({ ...asked, name: 'x', columns: [0] })).rejects.toThrow(/x/)
  })
})
