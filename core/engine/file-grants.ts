import { EigendeskError } from '../contract/errors.ts'
import type { Grant } from '../contract/wire.ts'

/** A token the page has may come before main's word for it, for they come by two ways: so long it is waited for. */
const ARRIVAL_MS = 1000

/** Which file a token stands for. Only main (or the command line) adds to it. */
export class FileGrants {
  readonly #grants = new Map<string, Grant>()
  readonly #waiting = new Map<string, Set<() => void>>()

  add(grant: Grant): void {
    this.#grants.set(grant.token, grant)
    for (const arrive of this.#waiting.get(grant.token) ?? []) arrive()
  }

  /** @throws FILE_NOT_GRANTED where the token is unknown or was given for the other direction */
  async path(token: string, access: Grant['access']): Promise<string> {
    if (!this.#grants.has(token)) await this.#arrival(token)
    const grant = this.#grants.get(token)
    if (grant?.access !== access) throw new EigendeskError('FILE_NOT_GRANTED')
    return grant.path
  }

  #arrival(token: string): Promise<void> {
    const waiting = this.#waiting.get(token) ?? new Set()
    this.#waiting.set(token, waiting)
    return new Promise((resolve) => {
      const arrive = (): void => {
        clearTimeout(timer)
        waiting.delete(arrive)
        if (waiting.size === 0) this.#waiting.delete(token)
        resolve()
      }
      const timer = setTimeout(arrive, ARRIVAL_MS)
      waiting.add(arrive)
    })
  }
}
