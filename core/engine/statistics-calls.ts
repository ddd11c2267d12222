import type { JsonValue } from '../contract/analysis.ts'
import {
  MOST_COMPARED,
  tableStatisticsSchema,
  type ColumnFlag,
  type TableStatistics
} from '../contract/column-statistics.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { SessionFile } from '../session/session-file.ts'
import { readBatches, readStored } from './column-sender.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { Ask } from './ask-worker.ts'
import type { SlowWork, WorkControl } from './slow-work.ts'
import type { DescribedColumn } from './statistics-task.ts'

/** Under this key the statistics of a dataset are kept with it. */
const FINDING = 'columns'
/** Cells that are compared with each other, at most: beyond them the rows are thinned, and it is said. */
const COMPARED_CELLS = 4_000_000
const CORRELATED_CELLS = 32_000_000

type Calls = 'columns.describe' | 'columns.detail' | 'columns.correlate'

/** Calls about the columns of a table: their statistics, and how they vary together. */
export function statisticsHandlers(desk: Desk, work: SlowWork, ask: Ask): Pick<Handlers, Calls> {
  return {
    'columns.describe': async ({ datasetId }) => {
      const { session } = desk
      const known = tableStatisticsSchema.safeParse(session.findings.get(datasetId, FINDING))
      if (known.success) return known.data
      const { name } = session.cells.sizeOf(datasetId)
      return work.run(`describe ${datasetId}`, { name: `Statistics of ${name}`, datasetId }, async (control) => {
        const statistics = await describe(session, datasetId, ask, control)
        if (session.isOpen)
          session.findings.put(datasetId, FINDING, JSON.parse(JSON.stringify(statistics)) as JsonValue)
        return statistics
      })
    },
    'columns.detail': async ({ datasetId, column }) => {
      const { session } = desk
      const { name } = session.cells.sizeOf(datasetId)
      return work.run('detail', { name: `Statistics of ${name}`, datasetId }, async (control) => {
        const stored = await readStored(session, datasetId, positionOf(session, datasetId, column))
        control.checkpoint()
        const columns = [{ position: 0, column: stored }]
        const [described] = await ask({ task: 'look', look: 'describe', columns, stride: 0 }, control)
        const { detail } = described!
        return { histogram: 'histogram' in detail ? detail.histogram : [], top: detail.top }
      })
    },
    'columns.correlate': ({ datasetId, columns: names, method }) => {
      const { session } = desk
      const { name, nRows } = session.cells.sizeOf(datasetId)
      const positions = names.map((column) => positionOf(session, datasetId, column))
      const stride = Math.max(1, Math.ceil((nRows * names.length) / CORRELATED_CELLS))
      return work.run('correlate', { name: `Correlations of ${name}`, datasetId }, async (control) => {
        const columns = []
        for (const position of positions) {
          control.checkpoint()
          const stored = await readStored(session, datasetId, position)
          if (stored.kind !== 'number') {
            throw new EigendeskError('COLUMN_NOT_NUMERIC', { field: stored.name, value: stored.type })
          }
          columns.push(stored)
          control.progress('Reading the columns', (0.5 * columns.length) / positions.length)
        }
        return ask({ task: 'look', look: 'correlate', columns, method, stride }, control)
      })
    }
  }
}

function positionOf(session: SessionFile, datasetId: string, column: string): number {
  const position = session.cells.positionOf(datasetId, column)
  if (position < 0) throw new EigendeskError('COLUMN_UNKNOWN', { value: column })
  return position
}

async function describe(
  session: SessionFile,
  datasetId: string,
  ask: Ask,
  control: WorkControl
): Promise<TableStatistics> {
  const { nRows, kinds } = session.cells.sizeOf(datasetId)
  const nNumbers = kinds.filter((kind) => kind === 'number').length
  const isCompared = nNumbers > 1 && nNumbers <= MOST_COMPARED
  const stride = isCompared ? Math.max(1, Math.ceil((nRows * nNumbers) / COMPARED_CELLS)) : 0
  const described: DescribedColumn[] = []
  for await (const columns of readBatches(session, datasetId, [...kinds.keys()])) {
    control.checkpoint()
    described.push(...(await ask({ task: 'look', look: 'describe', columns, stride }, control)))
    control.progress('Describing the columns', (0.9 * described.length) / kinds.length)
  }
  const flags = described.map(({ statistics }) => [...statistics.flags])
  flagDuplicates(described, flags)
  const compared = described.flatMap(({ sample }, column) =>
    sample && !flags[column]!.some((flag) => flag.kind === 'duplicate') ? [{ column, sample }] : []
  )
  if (compared.length > 1) {
    control.progress('Comparing the columns', 0.9)
    const samples = compared.map(({ sample }) => sample)
    const partners = await ask({ task: 'look', look: 'compare', samples }, control)
    partners.forEach((found, i) => {
      if (!found) return
      const partner = described[compared[found.partner]!.column]!.statistics.name
      flags[compared[i]!.column]!.push({ kind: 'correlated', with: partner, r: found.r })
    })
  }
  return {
    columns: described.map(({ statistics }, column) => ({ ...statistics, flags: flags[column]! })),
    rowsCompared: stride === 0 ? null : Math.ceil(nRows / stride)
  }
}

/** A column that is the same as one before it, cell for cell. What is constant is the same as many others: that says it all. */
function flagDuplicates(described: readonly DescribedColumn[], flags: ColumnFlag[][]): void {
  const first = new Map<string, string>()
  described.forEach(({ statistics, fingerprint }, column) => {
    if (statistics.distinct < 2) return
    const before = first.get(fingerprint)
    if (before === undefined) first.set(fingerprint, statistics.name)
    else flags[column]!.push({ kind: 'duplicate', of: before })
  })
}
