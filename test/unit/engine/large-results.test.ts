import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { AnalysisStore } from '../../../core/session/analyses.ts'
import { CellReader } from '../../../core/session/cell-reader.ts'
import { VALUES_PER_CHUNK } from '../../../core/session/stored-array.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

/** Two chunks of every column, four of the scores. */
const ROWS = 70_000

/** Notes in which turn of the engine's thread what is stored was read. */
function watchReading(): { reads: { turn: number; what: string }[]; largest: () => number } {
  let [turn, open, largest] = [0, true, 0]
  const next = (): void => {
    turn++
    if (open) setImmediate(next)
  }
  setImmediate(next)
  const reads: { turn: number; what: string }[] = []
  const original = <T extends object, K extends keyof T>(of: T, name: K): T[K] => of[name]
  const chunk = original(AnalysisStore.prototype, 'chunk')
  const array = original(AnalysisStore.prototype, 'array')
  const cells = original(CellReader.prototype, 'chunk')
  const spies = [
    vi.spyOn(AnalysisStore.prototype, 'chunk').mockImplementation(function (this: AnalysisStore, ...given) {
      reads.push({ turn, what: given[1] })
      return chunk.apply(this, given)
    }),
    vi.spyOn(CellReader.prototype, 'chunk').mockImplementation(function (this: CellReader, ...given) {
      reads.push({ turn, what: `column ${given[1]}` })
      return cells.apply(this, given)
    }),
    vi.spyOn(AnalysisStore.prototype, 'array').mockImplementation(function (this: AnalysisStore, ...given) {
      const found = array.apply(this, given)
      largest = Math.max(largest, found.data.length)
      return found
    })
  ]
  onTestFinished(() => {
    open = false
    for (const spy of spies) spy.mockRestore()
  })
  return { reads, largest: () => largest }
}

it('what is made of a large result reads it in pieces, and other calls have their turn between any two of them', async () => {
  const folder = temporaryFolder()
  const { engine, client } = openEngine(folder)
  const path = join(folder, 'large.csv')
  const random = new SeededRandom(5)
  const lines = Array.from(
    { length: ROWS },
    (_, i) => `${random.uniform()},${random.uniform()},${random.uniform()},row ${i}`
  )
  writeFileSync(path, `a,b,c,name\n${lines.join('\n')}\n`)
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const imported = await client.call('import.commit', { file, name: 'large', dialect, columns: null, ragged })
  const datasetId = (await client.finish(imported.jobId)).datasetId!
  const run = async (scale: string): Promise<string> => {
    const params = { columns: ['a', 'b', 'c'], label: 'name', nComponents: 3, scale }
    const { jobId } = await client.call('analysis.run', { datasetId, kind: 'pca', params })
    return (await client.finish(jobId)).analysisId!
  }
  const [analysisId, otherId] = [await run('unit'), await run('none')]
  const write = (name: string): string => client.grant(join(folder, name), 'write')

  const watched = watchReading()
  const { html } = await client.call('report.make', { analysisId })
  const { aligned } = await client.call('analysis.compare', { analysisId, otherId, nComponents: 2 })
  const script = await client.call('export.script', { analysisId, language: 'python', file: write('again.py') })
  await client.finish(script.jobId)
  const scores = { analysisId, table: 'scores', format: 'csv' as const, file: write('scores.csv') }
  await client.finish((await client.call('export.table', scores)).jobId)
  const study = await client.call('study.run', { analysisId, kind: 'rotation', params: {} })
  await client.finish(study.jobId)

  expect(html).toContain('5,000 rows of 70,000 drawn')
  expect(aligned!.rows).toBe(ROWS)
  const read = (name: string): number => watched.reads.filter(({ what }) => what === name).length
  // Four chunks for each of: report, either run of the comparison, table, study.
  expect(read('scores')).toBeGreaterThanOrEqual(4 * 4)
  expect(read('column 3'), 'names of the rows').toBeGreaterThanOrEqual(2)
  const turns = watched.reads.map(({ turn }) => turn)
  expect(new Set(turns).size, 'two pieces in one turn').toBe(turns.length)
  expect(watched.largest(), 'values read at once').toBeLessThanOrEqual(VALUES_PER_CHUNK)
  await engine.close()
})
