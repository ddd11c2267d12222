import type { StepReport } from '../contract/preparation.ts'
import { counted } from '../stats/counted.ts'
import type { WorkingTable } from './working-table.ts'

/** What a step gives back: the next table, and what it did. */
export interface StepOutcome {
  table: WorkingTable
  report: StepReport
}

type Cells = Partial<Pick<StepReport, 'cellsChanged' | 'cellsLost' | 'cellsImputed'>>

/** An outcome with its counts. sentences are put together with semicolons; empty ones are left out. */
export function outcome(
  before: WorkingTable,
  table: WorkingTable,
  sentences: readonly string[],
  cells: Cells = {}
): StepOutcome {
  return {
    table,
    report: {
      text: sentences.filter((sentence) => sentence !== '').join('; '),
      rowsBefore: before.nRows,
      rowsAfter: table.nRows,
      columnsBefore: before.columns.length,
      columnsAfter: table.columns.length,
      cellsChanged: 0,
      cellsLost: 0,
      cellsImputed: 0,
      ...cells
    }
  }
}

/** "2 cells not above 0 became missing", or nothing where there are none. */
export function lostCells(count: number, which = ''): string {
  return count === 0 ? '' : `${counted(count, 'cell')}${which === '' ? '' : ` ${which}`} became missing`
}
