import { EigendeskError } from '../contract/errors.ts'
import type { Grant } from '../contract/wire.ts'

/** Which file a token stands for. Only main (or the command line) adds to it. */
export class FileGrants {
  readonly #grants = new Map<string, Grant>()

  add(grant: Grant): void {
    this.#grants.set(grant.token, grant)
  }

  /** @throws FILE_NOT_GRANTED where the token is unknown or was given for the other direction */
  path(token: string, access: Grant['access']): string {
    const grant = this.#grants.get(token)
    if (grant?.access !== access) throw new EigendeskError('FILE_NOT_GRANTED')
    return grant.path
  }
}
