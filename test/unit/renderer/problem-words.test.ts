import { describe, expect, it } from 'vitest'
import type { Problem, ProblemReport } from '../../../core/contract/table.ts'
import { countProblems, problemWords } from '../../../renderer/import/problem-words.ts'

const problem = (code: Problem['code'], severity: Problem['severity']): Problem => ({
  code,
  severity,
  line: 1,
  column: 0,
  message: '',
  treatment: ''
})
const reportOf = (kept: Problem[], counts: ProblemReport['counts'], total = kept.length): ProblemReport => ({
  kept,
  counts,
  total
})

describe('the problems of a file in words', () => {
  const cut = problem('TOO_MANY_FIELDS', 'error')
  const skipped = problem('LINE_SKIPPED', 'info')

  it('tells what was lost from what is merely said', () => {
    expect(problemWords(reportOf([cut, skipped, skipped], { TOO_MANY_FIELDS: 1, LINE_SKIPPED: 2 }))).toBe(
      '1 problem, 2 remarks'
    )
    expect(problemWords(reportOf([skipped], { LINE_SKIPPED: 1 }))).toBe('1 remark')
    expect(problemWords(reportOf([cut, cut], { TOO_MANY_FIELDS: 2 }))).toBe('2 problems')
  })

  it('goes by what each one was, where a code can be either', () => {
    const quotes = [problem('STRAY_QUOTE', 'info'), problem('STRAY_QUOTE', 'warning')]
    expect(countProblems(reportOf(quotes, { STRAY_QUOTE: 2 }))).toEqual({ problems: 1, remarks: 1 })
  })

  it('counts those that are no longer listed by their code', () => {
    const report = reportOf([cut, skipped], { TOO_MANY_FIELDS: 30_001, LINE_SKIPPED: 1201, NOT_A_NUMBER: 5 }, 31_207)
    expect(countProblems(report)).toEqual({ problems: 30_006, remarks: 1201 })
  })
})
