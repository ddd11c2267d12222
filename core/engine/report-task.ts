import { levelsOfNumbers } from '../analyses/pca/figures/number-levels.ts'
import type { PcaSummary } from '../analyses/pca/spec.ts'
import type { ColumnData } from '../contract/table.ts'
import { MOST_GROUPS } from '../export/report/figures.ts'
import { reportHtml, type ReportFacts } from '../export/report/report.ts'
import type { ReportTask } from './look-request.ts'
import { textsOf } from './row-names.ts'
import type { SessionReader } from './session-reader.ts'

/** The report as HTML. */
export function makeReport(
  { facts, result, label, group }: ReportTask,
  reader: SessionReader,
  progress: (phase: string, fraction: number) => void
): string {
  progress('Reading the table', 0)
  const rowNames = label && textsOf(reader.column(label))
  const groups = group && groupsOf(reader.column(group))
  progress('Writing the report', 0.3)
  return reportHtml({ ...facts, result: reader.result<PcaSummary>(result), rowNames, groups })
}

/** The groups of the rows: of many the most frequent ones, in the order of the data; the others, and missing cells, are one. */
function groupsOf(column: ColumnData): ReportFacts['groups'] {
  const data = column.kind === 'number' ? levelsOfNumbers(column) : column
  if (data?.kind !== 'codes') return null
  const counts = new Array<number>(data.dictionary.length).fill(0)
  for (const code of data.codes) if (code >= 0) counts[code]!++
  const chosen = data.dictionary
    .map((_, code) => code)
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MOST_GROUPS)
    .sort((a, b) => a - b)
  const place = new Map(chosen.map((code, i) => [code, i]))
  return {
    column: column.name,
    names: chosen.map((code) => data.dictionary[code]!),
    of: data.codes.map((code) => place.get(code) ?? -1)
  }
}
