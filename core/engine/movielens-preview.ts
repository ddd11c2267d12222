import type { MovieLensPreview } from '../contract/movielens.ts'
import { ProblemLog } from '../table/problems.ts'
import { TableRows } from '../table/rows.ts'
import type { MovieLensPreviewTask } from './compute-protocol.ts'
import { movieLensDialects, nameMovies, type MovieLensPart } from './movielens-form.ts'
import { TableFile } from './table-file.ts'

/** Bytes of each file looked at: a million ratings. */
const BYTES_READ = 32 * 2 ** 20
const ROWS_SHOWN = 6

/** What ratings with titles would hold: the first rows, and how many ratings, users and movies there are.
 * @throws what reading a file throws, CANCELLED */
export function previewMovieLens(task: MovieLensPreviewTask, checkpoint: () => void): MovieLensPreview {
  const ids: number[] = []
  const names: (string | null)[] = []
  readRows(task, 'items', checkpoint, ([id, title]) => {
    ids.push(Number(id))
    names.push(title === undefined || title === '' ? null : title)
  })
  const titles = nameMovies(ids, names)
  const users = new Set<string>()
  const movies = new Set<string>()
  const rows: MovieLensPreview['rows'] = []
  let nRatings = 0
  const sizes = readRows(task, 'ratings', checkpoint, ([user = '', movie = '', rating = '']) => {
    nRatings++
    users.add(user)
    movies.add(movie)
    if (rows.length < ROWS_SHOWN) rows.push({ user, movie, title: titles.get(Number(movie)) ?? null, rating })
  })
  let nTitled = 0
  for (const movie of movies) if (titles.has(Number(movie))) nTitled++
  return { rows, nRatings, nUsers: users.size, nMovies: movies.size, nTitled, ...sizes }
}

function readRows(
  task: MovieLensPreviewTask,
  part: MovieLensPart,
  checkpoint: () => void,
  onRow: (cells: readonly string[]) => void
): Pick<MovieLensPreview, 'bytes' | 'bytesRead'> {
  const file = new TableFile(task[part])
  try {
    const rows = new TableRows(file.name, movieLensDialects[task.form][part], 'pad', new ProblemLog(), onRow)
    for (const block of file.blocks(BYTES_READ)) {
      checkpoint()
      rows.push(block)
    }
    rows.finish(file.bytes <= BYTES_READ)
    return { bytes: file.bytes, bytesRead: Math.min(BYTES_READ, file.bytes) }
  } finally {
    file.close()
  }
}
