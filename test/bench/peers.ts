import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Effort } from './measure.ts'

/** Debian's own, which its packages of numpy, scipy and scikit-learn belong to; a python found first on the path may know
 * none of them. */
const PYTHON = '/usr/bin/python3'

/** After a product the threads of OpenBLAS and of OpenMP look for more work for a while before they sleep; ours would
 * share their processors with them. */
const SETTLING_MS = 150

/** What peers.py is asked to measure; the case names a function there. */
export interface Question extends Effort {
  readonly case: string
  readonly threads: number
  /** raw arrays, doubles unless the case says otherwise */
  readonly files: readonly string[]
  readonly shape: readonly number[]
}

/** One way that the peers have to do it. */
export interface Candidate {
  readonly name: string
  /** milliseconds of every run */
  readonly times: readonly number[]
  /** the first values it found, to be compared with the reference */
  readonly values: readonly number[]
}

export interface Answer {
  /** the fastest first */
  readonly candidates: readonly [Candidate, ...Candidate[]]
  /** what was so much slower at its warm-up that it was not run again */
  readonly skipped: readonly { name: string; milliseconds: number }[]
  /** the values by a method that is exact to rounding */
  readonly reference: readonly number[]
}

/** Versions, or why there are none. */
type Greeting = { versions: Record<string, string> } | { absent: string }

/** numpy, scipy and scikit-learn in one Python process that lives as long as the benchmark: a JSON line in, one out. */
export class Peers {
  readonly versions: Record<string, string>
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, versions: Record<string, string>) {
    this.#child = child
    this.#lines = lines
    this.versions = versions
  }

  /** The peers, or a sentence that says why there are none here. */
  static async start(): Promise<Peers | string> {
    const program = fileURLToPath(new URL('./peers.py', import.meta.url))
    const env = { ...process.env, OPENBLAS_NUM_THREADS: '2', OMP_NUM_THREADS: '2' }
    const child = spawn(PYTHON, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] })
    // Where there is no such program, the lines end before the first.
    child.on('error', () => undefined)
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const first = await lines.next()
    if (first.done) return `There is no ${PYTHON}.`
    const greeting = JSON.parse(first.value) as Greeting
    return 'absent' in greeting ? greeting.absent : new Peers(child, lines, greeting.versions)
  }

  async ask(question: Question): Promise<Answer> {
    this.#child.stdin!.write(`${JSON.stringify(question)}\n`)
    const line = await this.#lines.next()
    if (line.done) throw new Error(`The peers stopped at ${question.case}; what is wrong stands above.`)
    await new Promise((done) => setTimeout(done, SETTLING_MS))
    return JSON.parse(line.value) as Answer
  }

  close(): void {
    this.#child.stdin!.end()
  }
}
