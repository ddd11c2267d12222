import type { Problem, ProblemCode, ProblemReport } from '../contract/table.ts'

/** Problems kept to be shown; more are only counted. */
export const PROBLEMS_KEPT = 10_000
/** Of these at most so many notes, so that they never crowd out what was lost. */
const NOTES_KEPT = 1_000
const TEXT_SHOWN = 80

/** Cuts a text to what a list of problems shows. */
export function shorten(text: string): string {
  return text.length <= TEXT_SHOWN ? text : `${text.slice(0, TEXT_SHOWN - 1)}…`
}

/** "1,797", as figures stand in sentences about a file. */
export function writeCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** "1 line", "345 lines". */
export function countOf(count: number, thing: string): string {
  return `${writeCount(count)} ${thing}${count === 1 ? '' : 's'}`
}

/** Collects what was not taken from a file as it stands. */
export class ProblemLog {
  readonly #kept: Problem[] = []
  readonly #counts = new Map<ProblemCode, number>()
  #total = 0
  #notes = 0

  add(problem: Problem): void {
    this.#total++
    this.#counts.set(problem.code, (this.#counts.get(problem.code) ?? 0) + 1)
    if (this.#kept.length >= PROBLEMS_KEPT) return
    if (problem.severity === 'info' && ++this.#notes > NOTES_KEPT) return
    this.#kept.push(problem.text === undefined ? problem : { ...problem, text: shorten(problem.text) })
  }

  /** Counts problems of which no more is known. */
  count(code: ProblemCode, more: number): void {
    if (more <= 0) return
    this.#total += more
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + more)
  }

  /** In the order of the file. */
  report(): ProblemReport {
    const kept = [...this.#kept].sort((a, b) => a.line - b.line || a.column - b.column)
    return { kept, counts: Object.fromEntries(this.#counts), total: this.#total }
  }
}
