import type { RunContext } from '../../../../contract/analysis.ts'
import type { FactorizationParams } from '../../spec.ts'
import type { Judged } from '../models/judge-model.ts'
import type { SearchRange } from './ranges.ts'
import type { SearchParams, SearchTrial } from './spec.ts'
import type { TrialParams } from './trials.ts'

type Judge = (
  params: FactorizationParams,
  told: RunContext['progress'],
  share: readonly [number, number]
) => Judged | string

/** The trials of a search: those made before, and those that are made while fits and time are left. */
export class Trials {
  readonly list: SearchTrial[]
  /** why no more are made; null while they are */
  ended: 'fits' | 'seconds' | null = null
  left: number
  private readonly began = performance.now()

  /** @param earlier trials that are not made again
   * @param tried called after each trial */
  constructor(
    earlier: SearchTrial[],
    own: FactorizationParams,
    ranges: readonly SearchRange[],
    resource: 'iterations' | 'samples' | null,
    asked: SearchParams,
    context: RunContext,
    judge: Judge,
    tried: () => void
  ) {
    this.list = [...earlier]
    this.left = asked.fits
    this.own = own
    this.ranges = ranges
    this.resource = resource
    this.asked = asked
    this.context = context
    this.judge = judge
    this.tried = tried
  }

  private readonly own: FactorizationParams
  private readonly ranges: readonly SearchRange[]
  private readonly resource: 'iterations' | 'samples' | null
  private readonly asked: SearchParams
  private readonly context: RunContext
  private readonly judge: Judge
  private readonly tried: () => void

  private get phase(): string {
    return `Trial ${this.list.length + 1}`
  }

  /** The progress of one fit, under the number of its trial; its own curve is not shown. */
  private readonly told: RunContext['progress'] = (_phase, fraction) => this.context.progress(this.phase, fraction)

  /** What a trial is told of: the parameters that are searched, and how long it works. */
  private named(params: TrialParams, worked: number | null): Record<string, number> {
    const searched = Object.fromEntries(this.ranges.map(({ key }) => [key, params[key] ?? this.own[key]]))
    return this.resource === null ? searched : { ...searched, [this.resource]: worked ?? this.own[this.resource] }
  }

  /** Makes a trial, unless it was made before.
   * @param worked iterations or samples; null: as many as the result
   * @returns the trial; null where no fits or no time are left */
  tryOut(params: TrialParams, worked: number | null): SearchTrial | null {
    const named = this.named(params, worked)
    const key = JSON.stringify(named)
    const known = this.list.find((trial) => JSON.stringify(trial.params) === key)
    if (known) return known
    if (this.left === 0) this.ended ??= 'fits'
    const { seconds } = this.asked
    if (seconds !== null && (performance.now() - this.began) / 1000 >= seconds) this.ended ??= 'seconds'
    if (this.ended !== null) return null
    const { fits } = this.asked
    const share = [fits - this.left, fits - this.left + 1].map((done) => done / fits)
    this.context.progress(this.phase, share[0]!)
    const judged = this.judge({ ...this.own, ...named }, this.told, [share[0]!, share[1]!])
    this.left -= 1
    const failed = typeof judged === 'string' ? judged : null
    const score = typeof judged === 'string' ? null : this.scoreOf(judged)
    const trial: SearchTrial = {
      params: named,
      own: Object.entries(named).every(([name, value]) => this.own[name as keyof FactorizationParams] === value),
      whole: this.resource === null || named[this.resource] === this.own[this.resource],
      score,
      seconds: typeof judged === 'string' ? 0 : judged.seconds,
      failed: failed ?? (score === null ? 'There was nothing to judge it on.' : null)
    }
    this.list.push(trial)
    this.tried()
    if (score !== null) this.context.progress(this.phase, share[1]!, { trial: this.list.length, score })
    return trial
  }

  /** @returns whether all were made */
  tryAll(points: readonly TrialParams[]): boolean {
    return points.every((point) => this.tryOut(point, null) !== null)
  }

  private scoreOf({ rmse, ranking }: Judged): number | null {
    return this.asked.measure === 'rmse' ? rmse : (ranking?.ndcg ?? null)
  }

  /** Trials from best to worst; those without a score last. */
  order(trials: readonly SearchTrial[]): SearchTrial[] {
    const sign = this.asked.measure === 'rmse' ? 1 : -1
    const rank = ({ score }: SearchTrial): number => (score === null ? Infinity : sign * score)
    return trials.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
  }

  /** Place of the best whole trial; null where none has a score. */
  get best(): number | null {
    const [first] = this.order(this.list.filter(({ whole }) => whole))
    return first && first.score !== null ? this.list.indexOf(first) : null
  }
}
