import { setImmediate as turn } from 'node:timers/promises'
import { EigendeskError } from '../contract/errors.ts'
import type { movieLensCalls, MovieLensForm } from '../contract/movielens.ts'
import { commaDialect, type ColumnChoice, type ColumnSummary, type Dialect } from '../contract/table.ts'
import type { FinishedImport } from '../session/datasets.ts'
import type { SessionFile } from '../session/session-file.ts'
import { CHUNK_ROWS, decodeChunk, encodeChunk } from '../table/chunks.ts'
import type { ImportTask } from './compute-protocol.ts'
import type { Handlers } from './dispatch.ts'
import { importTable } from './import-calls.ts'
import type { EngineParts } from './parts.ts'

/** Imports MovieLens: its movies, and its ratings with titles. */
export function movieLensHandlers({
  desk,
  grants,
  jobs,
  pool,
  emit
}: EngineParts): Pick<Handlers, keyof typeof movieLensCalls> {
  return {
    'import.movieLens': ({ form, ratings, items, name }) => {
      const { session } = desk
      const ratingsTask = taskOf(grants.path(ratings, 'read'), form, 'ratings')
      const itemsTask = taskOf(grants.path(items, 'read'), form, 'items')
      const jobId = jobs.add({ kind: 'import', name: `Import ${name}` }, async (control) => {
        const itemsId = await importTable(pool, session, itemsTask, `${name} movies`, control)
        const titles = readTitles(session, itemsId)
        const datasetId = await importTable(pool, session, ratingsTask, name, control, async (id, finished) => {
          const joined = await addTitles(session, id, finished, titles)
          session.history.record(`import ${name}`, () => session.datasets.finish(id, joined))
        })
        emit({ event: 'session.changed' })
        return { datasetId }
      })
      return { jobId }
    }
  }
}

const csv: Dialect = commaDialect
const bare: Dialect = { ...csv, quote: '', headerRow: null, firstDataRow: 1 }

const dialects: Record<MovieLensForm, Record<'ratings' | 'items', Dialect>> = {
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

function taskOf(path: string, form: MovieLensForm, part: 'ratings' | 'items'): ImportTask {
  const flags = genres.split(' ').map((name, i) => column(5 + i, name, 'number'))
  const items =
    form === 'data'
      ? [...itemColumns, column(2, 'released', 'text'), ...flags]
      : [...itemColumns, column(2, 'genres', 'text')]
  return {
    task: 'import',
    path,
    dialect: dialects[form][part],
    columns: part === 'ratings' ? ratingColumns : items,
    types: {},
    ragged: 'pad'
  }
}

/** Titles by the number of the movie. Movies of one title are told apart by their numbers: "Emma (1996) (838)". */
function readTitles(session: SessionFile, datasetId: string): Map<number, string> {
  const { cells } = session
  const ids: number[] = []
  const titles: (string | null)[] = []
  for (let chunk = 0; chunk < cells.describe(datasetId, 0).nChunks; chunk++) {
    const numbers = decodeChunk('number', cells.chunk(datasetId, 0, chunk))
    const texts = decodeChunk('text', cells.chunk(datasetId, 1, chunk))
    if (numbers.kind === 'number') ids.push(...numbers.values)
    if (texts.kind === 'text') titles.push(...texts.values)
  }
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

/** The ratings with one column more, chunk by chunk, and their item the title. A movie without one is named by its number. */
async function addTitles(
  session: SessionFile,
  datasetId: string,
  finished: FinishedImport,
  titles: ReadonlyMap<number, string>
): Promise<FinishedImport> {
  const position = finished.columns.length
  const movie = finished.columns.findIndex(({ name }) => name === 'movieId')
  const seen = new Set<string>()
  let missing = 0
  const { chunkRows = CHUNK_ROWS } = finished
  for (let chunk = 0; chunk * chunkRows < finished.nRows; chunk++) {
    if (!session.isOpen) throw new EigendeskError('CANCELLED')
    const numbers = decodeChunk('number', session.datasets.readChunk(datasetId, movie, chunk))
    if (numbers.kind !== 'number') continue
    const values = Array.from(numbers.values, (id) => (Number.isNaN(id) ? null : (titles.get(id) ?? `Movie ${id}`)))
    for (const title of values) {
      if (title === null) missing++
      else seen.add(title)
    }
    session.datasets.addChunks(datasetId, [{ position, chunk, data: encodeChunk({ kind: 'text', values }) }])
    await turn()
  }
  const title: ColumnSummary = { name: 'title', type: 'text', missing, distinct: seen.size }
  const { ratings } = finished
  return {
    ...finished,
    columns: [...finished.columns, title],
    dictionaries: [...finished.dictionaries, null],
    ratings: ratings?.form === 'long' ? { ...ratings, item: 'title' } : ratings
  }
}
