import type { FactorizationSummary } from '../../core/analyses/factorization/spec.ts'
import type { ListFormat } from '../../core/contract/carry-calls.ts'
import type { ListFilter } from '../../core/contract/recommending.ts'
import type { AnalysisInfo, DatasetInfo } from '../../core/contract/session.ts'
import { pickedOf } from '../analyses/factorization/picked.svelte.ts'
import { listChoiceOf } from '../analyses/factorization/recommend/list-choice.ts'
import { loadSummary, resultKey } from '../analyses/results.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { resultStem } from './export-dialog.svelte.ts'
import { saved } from './saved.svelte.ts'
import { textForm } from './text-form.svelte.ts'
import { readWhole, wholeProblem } from './whole-number.ts'
import { askForFile, finished, sayWritten } from './write-file.ts'

export const LIST_FORMATS: Record<ListFormat, { label: string; help: string }> = {
  csv: { label: 'CSV', help: 'One line a recommendation: user, rank, item, score.' },
  tsv: { label: 'TSV', help: 'One line a recommendation: user, rank, item, score; with tabs.' },
  json: { label: 'JSON', help: 'One list a user, with the model and what the lists may hold.' },
  npz: { label: 'NumPy arrays (.npz)', help: 'Items and scores as matrices, users × rank, and the names.' }
}

/** A longer list is refused by the engine. */
const LONGEST = 1000

export interface ListsTarget {
  analysis: AnalysisInfo
  dataset: DatasetInfo
}

/** The dialog that asks for whom lists are written, how long, and what they may hold. It begins with what the lists of the result are
 * narrowed to. */
class ListsDialog {
  target = $state.raw<(ListsTarget & { nUsers: number; nItems: number; selected: number[] }) | null>(null)
  users = $state<'all' | 'selected'>('all')
  items = $state<'all' | 'narrowed'>('all')
  seen = $state(false)
  format = $state<ListFormat>('csv')
  /** as typed */
  n = $state('')
  minRatings = $state('')
  maxRatings = $state('')
  /** items to which the lists in sight are narrowed by what they are and when they were made */
  narrowed = $state.raw<{ result: string; items: number[] } | null>(null)

  narrowedItems = $derived.by(() => {
    const { target, narrowed } = this
    return target && narrowed?.result === resultKey(target.analysis) ? narrowed.items : null
  })
  problems = $derived({
    n: wholeProblem(this.n, 1, LONGEST),
    minRatings: this.minRatings.trim() === '' ? undefined : wholeProblem(this.minRatings, 0),
    maxRatings: this.maxRatings.trim() === '' ? undefined : wholeProblem(this.maxRatings, 0)
  })
  ready = $derived(Object.values(this.problems).every((problem) => problem === undefined))
  nUsers = $derived((this.users === 'selected' ? this.target?.selected.length : this.target?.nUsers) ?? 0)

  async open({ analysis, dataset }: ListsTarget): Promise<void> {
    const summary = await session.attempt('The lists cannot be written', () =>
      loadSummary<FactorizationSummary>(analysis)
    )
    if (!summary) return
    const { nUsers, nItems } = summary
    const points = pickedOf(analysis.id).points
    const selected = points.filter((point) => point >= nItems).map((point) => point - nItems)
    const { n, seen, minRatings, maxRatings } = listChoiceOf(analysis.id, summary)
    this.target = { analysis, dataset, nUsers, nItems, selected }
    // One user is picked out by looking at them: that is not yet a selection to be carried away.
    this.users = selected.length > 1 ? 'selected' : 'all'
    this.items = this.narrowedItems ? 'narrowed' : 'all'
    this.seen = seen
    this.n = String(n)
    this.minRatings = minRatings > 0 ? String(minRatings) : ''
    this.maxRatings = maxRatings === null ? '' : String(maxRatings)
  }

  close(): void {
    this.target = null
  }

  async write(): Promise<void> {
    const { target, format, ready } = this
    if (!target || !ready) return
    const { analysis, dataset, selected } = target
    const asked = {
      analysisId: analysis.id,
      users: this.users === 'selected' ? selected : ('all' as const),
      n: readWhole(this.n)!,
      filter: this.#filter(),
      format,
      choices: { ...$state.snapshot(textForm.choices), metadata: false }
    }
    const stem = resultStem({ dataset, analysis }, 'recommendations')
    const file = await askForFile(stem, format, LIST_FORMATS[format].label)
    if (!file) return
    this.close()
    saved.clear()
    const done = await session.attempt(`${file.name} was not saved`, () =>
      finished(call('carry.recommendations', { ...asked, file: file.token }))
    )
    if (done) sayWritten(analysis, file, done.bytes ?? 0)
  }

  #filter(): ListFilter {
    const [minRatings, maxRatings] = [readWhole(this.minRatings), readWhole(this.maxRatings)]
    return {
      seen: this.seen ? 'include' : 'exclude',
      ...(minRatings !== null && { minRatings }),
      ...(maxRatings !== null && { maxRatings }),
      ...(this.items === 'narrowed' && this.narrowedItems && { items: this.narrowedItems })
    }
  }
}

export const listsDialog = new ListsDialog()
