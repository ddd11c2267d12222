import { writeRaw } from './data.ts'
import type { Effort } from './measure.ts'
import type { Answer, Peers, Question } from './peers.ts'
import type { Row } from './table.ts'
import { Team } from './team.ts'

/** What every group of cases is given. */
export class Benchmark {
  /** small sizes and few runs: shows that everything runs, measures nothing */
  readonly quick: boolean
  /** of each side where no other number is wanted: two */
  readonly threads: number
  readonly effort: Effort
  readonly rows: Row[] = []
  readonly #peers: Peers | null
  readonly #folder: string
  readonly #show: (row: Row) => void
  readonly #teams = new Map<number, Team>()

  /** @param folder for the data that the peers read */
  constructor(quick: boolean, threads: number, peers: Peers | null, folder: string, show: (row: Row) => void) {
    this.quick = quick
    this.threads = threads
    this.effort = quick
      ? { least: 3, most: 3, milliseconds: 0, warmUp: 0 }
      : { least: 5, most: 25, milliseconds: 1000, warmUp: 200 }
    this.#peers = peers
    this.#folder = folder
    this.#show = show
  }

  /** A team of so many threads, the same one each time. */
  async team(threads: number): Promise<Team> {
    const team = this.#teams.get(threads) ?? (await Team.gather(threads))
    this.#teams.set(threads, team)
    return team
  }

  get pinned(): boolean {
    return [...this.#teams.values()].every((team) => team.pinned)
  }

  /** Writes data for the peers; nothing where there are none. */
  hand(name: string, array: Float64Array | Int32Array): string {
    return this.#peers ? writeRaw(this.#folder, name, array) : ''
  }

  async ask(question: Omit<Question, keyof Effort> & Record<string, unknown>): Promise<Answer | null> {
    return this.#peers ? this.#peers.ask({ ...question, ...this.effort }) : null
  }

  /** Small sizes are held to nothing, nor are other numbers of threads than those wanted. */
  add(row: Row): void {
    const added = this.quick || this.threads !== 2 ? { ...row, demand: null } : row
    this.rows.push(added)
    this.#show(added)
  }

  end(): void {
    for (const team of this.#teams.values()) team.dissolve()
    this.#peers?.close()
  }
}
