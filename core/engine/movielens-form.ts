import type { MovieLensForm } from '../contract/movielens.ts'
import { commaDialect, type ColumnChoice, type Dialect } from '../contract/table.ts'
import type { ImportTask } from './compute-protocol.ts'

export type MovieLensPart = 'ratings' | 'items'

const csv: Dialect = commaDialect
const bare: Dialect = { ...csv, quote: '', headerRow: null, firstDataRow: 1 }

/** How the files of each form are written. */
export const movieLensDialects: Record<MovieLensForm, Record<MovieLensPart, Dialect>> = {
  csv: { ratings: csv, items: csv },
  data: { ratings: { ...bare, delimiter: '\t' }, items: { ...bare, delimiter: '|', encoding: 'windows-1252' } },
  dat: { ratings: { ...bare, delimiter: '::' }, items: { ...bare, delimiter: '::', encoding: 'windows-1252' } }
}

/** Of u.item, whose columns have no names: as its README lists them. */
const genres =
  'unknown Action Adventure Animation Children Comedy Crime Documentary Drama Fantasy Film-Noir Horror Musical Mystery Romance Sci-Fi Thriller War Western'

const column = (index: number, name: string, type: ColumnChoice['type']): ColumnChoice => ({ index, name, type })
const ratingColumns = ['userId', 'movieId', 'rating', 'timestamp'].map((name, i) => column(i, name, 'number'))
const itemColumns = [column(0, 'movieId', 'number'), column(1, 'title', 'text')]

/** The import of one of the two files. */
export function movieLensTask(path: string, form: MovieLensForm, part: MovieLensPart): ImportTask {
  const flags = genres.split(' ').map((name, i) => column(5 + i, name, 'number'))
  const items =
    form === 'data'
      ? [...itemColumns, column(2, 'released', 'text'), ...flags]
      : [...itemColumns, column(2, 'genres', 'text')]
  return {
    task: 'import',
    path,
    dialect: movieLensDialects[form][part],
    columns: part === 'ratings' ? ratingColumns : items,
    types: {},
    ragged: 'pad'
  }
}

/** Titles by the number of the movie. Movies of one title are told apart by their numbers: "Emma (1996) (838)". */
export function nameMovies(ids: readonly number[], titles: readonly (string | null)[]): Map<number, string> {
  const counts = new Map<string | null, number>()
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1)
  return new Map(
    ids.map((id, row) => {
      const title = titles[row] ?? null
      if (title === null) return [id, `Movie ${id}`]
      return [id, (counts.get(title) ?? 0) > 1 ? `${title} (${id})` : title]
    })
  )
}
