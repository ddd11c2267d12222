import { randomUUID } from 'node:crypto'
import { basename, extname } from 'node:path'
import { SESSION_EXTENSION, type OpenedFile } from '../../core/contract/host.ts'
import type { Grant } from '../../core/contract/wire.ts'

export interface FileGrants {
  /** Lets the engine use one path. @returns what the page may know of it: a token, the name, the kind */
  add: (path: string, access: Grant['access']) => OpenedFile
  all: () => Grant[]
}

/** Whether a file is opened as a session, by its ending. */
export function isSessionFile(path: string): boolean {
  return extname(path).toLowerCase() === `.${SESSION_EXTENSION}`
}

/** Remembers which token stands for which path, for as long as the app runs.
 * @param onGrant called with each new grant */
export function createFileGrants(onGrant: (grant: Grant) => void): FileGrants {
  const grants: Grant[] = []
  return {
    add: (path, access) => {
      const grant: Grant = { kind: 'grant', token: randomUUID(), path, access }
      grants.push(grant)
      onGrant(grant)
      return { token: grant.token, name: basename(path), kind: isSessionFile(path) ? 'session' : 'table' }
    },
    all: () => [...grants]
  }
}
