import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { byColumns } from '../../../core/engine/by-columns.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { writeVersion1 } from './version-1.ts'

let folder: string
let session: SessionFile
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layout-'))
  writeVersion1(join(folder, 'session.eigendesk'))
  session = SessionFile.open(join(folder, 'session.eigendesk'))
})
afterEach(() => {
  session.close()
  rmSync(folder, { recursive: true, force: true })
})

it('a large matrix is stored by columns, and read as it was: whole, and any columns in any order', () => {
  // More than a chunk of 65,536 rows, and a last chunk that is not full.
  const [rows, columns] = [70_001, 15]
  const data = Float64Array.from({ length: rows * columns }, (_, at) => at * 1.25 - 7)
  const array = { dtype: 'float64' as const, shape: [rows, columns], data }
  const turned = byColumns(array)
  expect(turned.byColumns).toBe(true)
  const result = { summary: {}, arrays: { scores: turned }, lists: {} }
  session.studies.put({ analysisId: 'a', kind: 'clusters', params: {}, milliseconds: 1, result })
  expect(session.analyses.array('a', 'clusters.scores')).toEqual(array)
  fc.assert(
    fc.property(fc.array(fc.nat(columns - 1), { minLength: 1, maxLength: 4 }), (wanted) => {
      const picked = session.analyses.array('a', 'clusters.scores', wanted)
      expect(picked.shape).toEqual([rows, wanted.length])
      for (const i of [0, 1, 65_535, 65_536, 70_000]) {
        wanted.forEach((column, j) => expect(picked.data[i * wanted.length + j]).toBe(data[i * columns + column]))
      }
    }),
    { numRuns: 20 }
  )
  expect(() => session.analyses.array('a', 'clusters.scores', [columns])).toThrow(/columns 15/)
})

it('a small matrix is left as it is', () => {
  const array = { dtype: 'float64' as const, shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) }
  expect(byColumns(array)).toBe(array)
})
