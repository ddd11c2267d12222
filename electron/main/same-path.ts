import { statSync } from 'node:fs'

/** Whether two paths lead to one file: links, and the letters a file system does not tell apart, taken into account. */
export function isSamePath(path: string | undefined, other: string): boolean {
  if (path === undefined) return false
  if (path === other) return true
  const [one, two] = [path, other].map((name) => statSync(name, { bigint: true, throwIfNoEntry: false }))
  return one !== undefined && two !== undefined && one.ino === two.ino && one.dev === two.dev
}
