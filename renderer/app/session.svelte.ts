import { studySpecs } from '../../core/analyses/registry.ts'
import type { JobOutcome } from '../../core/contract/calls.ts'
import { describeError, toErrorData, type ErrorData } from '../../core/contract/errors.ts'
import type { OpenedFile } from '../../core/contract/host.ts'
import {
  emptyViewState,
  type AnalysisInfo,
  type DatasetInfo,
  type Job,
  type SessionInfo,
  type ViewState
} from '../../core/contract/session.ts'
import type { JsonValue } from '../../core/contract/analysis.ts'
import { orderSelection } from '../ui/selection.ts'
import { call, engineStopped, listenForEngine, onEngineEvent } from './api.ts'

/** A view change is stored this long after the last one, so that dragging does not write on every frame. */
const VIEW_SAVE_DELAY_MS = 150

type Done = Extract<JobOutcome, { state: 'done' }>

/** stopped: it failed again and again and was given up */
type Engine = 'starting' | 'ready' | 'restarting' | 'stopped'

/** A message that stays until it is dismissed: an error, or an interrupted run. */
/** 'info' where nothing was lost. */
export type NoticeTone = 'danger' | 'info'

export interface Notice {
  id: number
  error: ErrorData
  title: string
  tone: NoticeTone
}

class SessionStore {
  engine = $state<Engine>('starting')
  /** null until the engine answered for the first time */
  info = $state.raw<SessionInfo | null>(null)
  view = $state<ViewState>(structuredClone(emptyViewState))
  jobs = $state.raw<Job[]>([])
  notices = $state.raw<Notice[]>([])
  /** a file being looked at before import; replaces the rail and the main area while set */
  importing = $state.raw<OpenedFile | null>(null)
  /** open on the dataset for which a new analysis is being chosen */
  newAnalysisFor = $state<string | null>(null)
  /** how jobs of this window ended, by job id: the answer with the id may come after the event with the end */
  outcomes = $state.raw<Record<string, JobOutcome>>({})
  /** something finished out of sight, with the one thing to do about it */
  toast = $state.raw<{ text: string; action: string; run: () => void } | null>(null)
  /** the last thing that is said and not shown; a new object each time, so that the same words are heard again */
  said = $state.raw<{ text: string }>({ text: '' })
  /** 0-based rows of one dataset, ascending; shared by every view of it */
  selection = $state.raw<{ datasetId: string; rows: number[] }>({ datasetId: '', rows: [] })

  datasets = $derived(this.info?.datasets ?? [])
  analyses = $derived(this.info?.analyses ?? [])
  currentAnalysis = $derived.by<AnalysisInfo | null>(() => {
    const current = this.view.current
    return current?.type === 'analysis' ? (this.analyses.find((a) => a.id === current.id) ?? null) : null
  })
  currentDataset = $derived.by<DatasetInfo | null>(() => {
    const current = this.view.current
    const id = current?.type === 'dataset' ? current.id : this.currentAnalysis?.datasetId
    return this.datasets.find((d) => d.id === id) ?? null
  })

  #saveTimer: ReturnType<typeof setTimeout> | undefined
  #noticeId = 0
  /** the newest notice when the engine was lost; null while it is there */
  #noticeAtLoss: number | null = null
  /** jobs whose result is shown, and being stored */
  #shown = new Set<string>()
  #startedFrom = new Map<string, ViewState['current']>()
  /** ids of what took the place of another in this window */
  #replacements = new Map<string, string>()

  start(): void {
    onEngineEvent((event) => {
      if (event.event === 'session.changed') void this.#refreshOrSay()
      else if (event.event === 'job.progress') this.#jobMoved(event.job)
      else if (event.event === 'job.shown') void this.#jobShown(event.job, event.outcome)
      else void this.#jobEnded(event.job, event.outcome)
    })
    listenForEngine(() => void this.#connected())
  }

  async #connected(): Promise<void> {
    const interrupted = this.jobs
    const info = await this.attempt('The session could not be read', () => call('session.get', {}))
    if (!info) return
    this.engine = 'ready'
    this.adopt(info)
    for (const job of interrupted) {
      if (info.jobs.some((j) => j.id === job.id)) continue
      this.addNotice(`${job.name} was interrupted`, describeError('ENGINE_STOPPED'))
    }
    this.#sayRestarted()
  }

  /** Also where nothing was under way: otherwise it would have happened unseen. Said once, however often it happens. */
  #sayRestarted(): void {
    const before = this.#noticeAtLoss
    this.#noticeAtLoss = null
    if (before === null || this.#noticeId > before) return
    this.notices = this.notices.filter(({ error }) => error.code !== 'ENGINE_RESTARTED')
    this.addNotice('The engine was started again', describeError('ENGINE_RESTARTED'), 'info')
  }

  /** The engine process ended; calls fail until the new one is connected. */
  lostEngine(): void {
    this.engine = 'restarting'
    this.#noticeAtLoss ??= this.#noticeId
    engineStopped()
  }

  /** Takes over a whole session: after opening one, or at start. */
  adopt(info: SessionInfo): void {
    this.info = info
    this.view = info.view
    this.jobs = info.jobs
    this.selection = { datasetId: '', rows: [] }
    if (info.startupError) this.addNotice('The session used last could not be opened', info.startupError)
  }

  /** Asks again for what changed, keeping the way it is looked at. */
  async refresh(): Promise<void> {
    this.update(await call('session.get', {}))
  }

  update(info: SessionInfo): void {
    const { datasets, analyses } = this
    this.info = { ...info, datasets: keepSame(datasets, info.datasets), analyses: keepSame(analyses, info.analyses) }
    const current = this.view.current
    const known = (id: string | null | undefined): id is string =>
      (current?.type === 'dataset' ? info.datasets : info.analyses).some((item) => item.id === id)
    const successor = current && this.#replacements.get(current.id)
    if (current && !known(current.id) && known(successor)) current.id = successor
    const exists = current && known(current.id)
    if (current && !exists) this.show(info.datasets[0] ? { type: 'dataset', id: info.datasets[0].id } : null)
  }

  #jobMoved(job: Job): void {
    const known = this.jobs.some((j) => j.id === job.id)
    if (!known) this.#startedFrom.set(job.id, this.view.current)
    this.jobs = known ? this.jobs.map((j) => (j.id === job.id ? job : j)) : [...this.jobs, job]
  }

  /** A result can be looked at while it is stored: the job goes on in the status bar. */
  async #jobShown(job: Job, outcome: Done): Promise<void> {
    this.#shown.add(job.id)
    await this.#learn(outcome)
    if (this.#shown.has(job.id)) this.#jobMoved(job)
    await this.#goTo(job, outcome)
  }

  async #learn({ analysisId, datasetId, replaced }: Done): Promise<void> {
    const result = analysisId ?? datasetId
    if (replaced && result) this.#inheritView(replaced, result)
    await this.#refreshOrSay()
  }

  /** A job gives its place to its result: gone before that is known, what lies behind it would flash up. */
  async #jobEnded(job: Job, outcome: JobOutcome): Promise<void> {
    const wasShown = this.#shown.delete(job.id)
    if (outcome.state === 'done') {
      // who only looks changes nothing; who asked for a copy is told what it led to
      if (wasShown) await this.#refreshOrSay()
      else if (job.kind !== 'look' && job.kind !== 'copy') await this.#learn(outcome)
    }
    this.jobs = this.jobs.filter((j) => j.id !== job.id)
    this.outcomes = { ...this.outcomes, [job.id]: outcome }
    if (outcome.state === 'failed') this.addNotice(`${job.name} stopped`, outcome.error)
    // Seen already, and not to be had: what is shown instead is known to the engine.
    if (wasShown && outcome.state === 'failed') await this.#refreshOrSay()
    if (outcome.state === 'done' && !wasShown) await this.#goTo(job, outcome)
  }

  async #goTo(job: Job, { analysisId, datasetId }: Done): Promise<void> {
    const target = analysisId
      ? { type: 'analysis' as const, id: analysisId }
      : datasetId
        ? { type: 'dataset' as const, id: datasetId }
        : null
    if (!target) return
    if (job.kind === 'study') {
      const text = await this.#findingOf(job)
      // A study belongs to the result that is looked at: it appears there, and is only said.
      if (this.view.current?.id === target.id) this.said = { text }
      else this.toast = { text, action: 'Show', run: () => this.show(target) }
      return
    }
    // Who went on to something else is told, not carried off.
    if (this.#stayed(job.id)) this.show(target)
    else this.toast = { text: `${job.name} finished`, action: 'Show', run: () => this.show(target) }
  }

  /** What a study found, in a sentence; that it is there where it is already gone. */
  async #findingOf({ name, analysisId, studyKind }: Job): Promise<string> {
    const finished = `${name} finished`
    if (analysisId === undefined || studyKind === undefined) return finished
    try {
      const study = await call('study.get', { analysisId, kind: studyKind })
      return study ? studySpecs[studyKind].finding(study.summary) : finished
    } catch {
      return finished
    }
  }

  /** What stands in the place of another is looked at as that one was; it is shown if that one was, once it is known. */
  #inheritView(from: string, to: string): void {
    const { tabs, plots } = this.view
    if (tabs[from] !== undefined) tabs[to] = tabs[from]
    if (plots[from] !== undefined) plots[to] = { ...plots[from] }
    this.#replacements.set(from, to)
    this.saveView()
  }

  /** Whether nothing was chosen since a job was first heard of: choosing the same object again is leaving the run, too. */
  #stayed(jobId: string): boolean {
    const from = this.#startedFrom.get(jobId)
    this.#startedFrom.delete(jobId)
    return from === undefined || from === this.view.current
  }

  async #refreshOrSay(): Promise<void> {
    await this.attempt('The session could not be read', () => this.refresh())
  }

  show(current: ViewState['current']): void {
    this.view.current = current
    this.saveView()
  }

  tabOf(id: string, fallback: string): string {
    return this.view.tabs[id] ?? fallback
  }

  setTab(id: string, tab: string): void {
    this.view.tabs[id] = tab
    this.saveView()
  }

  /** A remembered plot choice of one object (axes, colour): view.plots[id][key]. */
  plotChoice<T extends JsonValue>(id: string, key: string, fallback: T): T {
    return (this.view.plots[id]?.[key] as T | undefined) ?? fallback
  }

  setPlotChoice(id: string, key: string, value: JsonValue): void {
    // In place: who reads another choice of the same object is not made to work again.
    this.view.plots[id] ??= {}
    this.view.plots[id][key] = value
    this.saveView()
  }

  saveView(): void {
    clearTimeout(this.#saveTimer)
    this.#saveTimer = setTimeout(() => this.flushView(), VIEW_SAVE_DELAY_MS)
  }

  flushView(): void {
    clearTimeout(this.#saveTimer)
    void call('session.setView', { view: this.view }).catch(() => undefined)
  }

  select(datasetId: string, rows: Iterable<number>): void {
    this.selection = { datasetId, rows: orderSelection(rows) }
  }

  selectedRows(datasetId: string): number[] {
    return this.selection.datasetId === datasetId ? this.selection.rows : []
  }

  addNotice(title: string, error: ErrorData, tone: NoticeTone = 'danger'): void {
    this.notices = [...this.notices, { id: ++this.#noticeId, title, error, tone }]
  }

  say(text: string): void {
    this.said = { text }
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((n) => n.id !== id)
  }

  /** Runs a step; a failure becomes a notice and null. What a person cancelled is no failure. */
  async attempt<T>(title: string, step: () => Promise<T>): Promise<T | null> {
    try {
      return await step()
    } catch (thrown) {
      const error = toErrorData(thrown)
      if (error.code !== 'CANCELLED') this.addNotice(title, error)
      return null
    }
  }
}

/** What is as it was stays the object it was: whatever is made of it, a drawing of a million points too, is not made again. */
function keepSame<T extends { id: string }>(before: readonly T[], now: readonly T[]): T[] {
  const known = new Map(before.map((item) => [item.id, item]))
  return now.map((item) => {
    const same = known.get(item.id)
    return same && JSON.stringify(same) === JSON.stringify(item) ? same : item
  })
}

export const session = new SessionStore()
