import type { Problem, ProblemCode, ProblemReport } from '../../core/contract/table.ts'
import { formatPlural } from '../ui/format.ts'

/** Of these nothing is lost: they are told, not complained of. */
const remarks: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['LINE_SKIPPED', 'EMPTY_NAME', 'FORMULA_GUARD'])

const isRemark = ({ severity }: Problem): boolean => severity === 'info'

/** How many things in a file were not taken as they stand, apart from those that are merely told. Of the ones beyond the kept
 * ones only the code is known. */
export function countProblems(report: ProblemReport): { problems: number; remarks: number } {
  const beyond = { ...report.counts }
  for (const { code } of report.kept) beyond[code] = (beyond[code] ?? 0) - 1
  const codes = Object.keys(beyond) as ProblemCode[]
  const counted = codes
    .filter((code) => remarks.has(code))
    .reduce((sum, code) => sum + Math.max(0, beyond[code] ?? 0), 0)
  const told = counted + report.kept.filter(isRemark).length
  return { problems: report.total - told, remarks: told }
}

/** "2 problems, 1 remark" */
export function problemWords(report: ProblemReport): string {
  const { problems, remarks } = countProblems(report)
  return [problems > 0 ? formatPlural(problems, 'problem') : '', remarks > 0 ? formatPlural(remarks, 'remark') : '']
    .filter(Boolean)
    .join(', ')
}
