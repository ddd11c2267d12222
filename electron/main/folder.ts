import { readdirSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { OpenedFolder } from '../../core/contract/host.ts'
import { movieLensForms } from '../../core/contract/movielens.ts'
import { TABLE_EXTENSIONS } from './dialogs.ts'
import type { FileGrants } from './files.ts'

/** Tables of a folder that are offered, at most: a folder dropped by mistake may hold thousands. */
const OFFERED = 200
/** MovieLens names its files itself, u.item among them. */
const movieLensNames = new Set<string>(Object.values(movieLensForms).flatMap(({ ratings, items }) => [ratings, items]))

/** What is told about tables in their folder, and is none: SOURCE.txt, README, LICENSE.txt. */
const about =
  /^(readme|sources?|licen[cs]e|notes?|changelog|changes|copying|authors|citation|about)([-_.].*)?\.(txt|text|md)$/i

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** The tables that lie directly in a folder, by their endings or as MovieLens names them, in the order of their names. A folder that may not be read
 * is as one without tables. */
export function openFolder(path: string, files: FileGrants): OpenedFolder {
  return { kind: 'folder', name: basename(path), files: listTables(path).map((file) => files.add(file, 'read')) }
}

function listTables(path: string): string[] {
  let names: string[]
  try {
    names = readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
  } catch {
    return []
  }
  return names
    .filter((name) => !about.test(name))
    .filter((name) => movieLensNames.has(name) || TABLE_EXTENSIONS.includes(extname(name).slice(1).toLowerCase()))
    .sort((a, b) => a.localeCompare(b))
    .slice(0, OFFERED)
    .map((name) => join(path, name))
}
