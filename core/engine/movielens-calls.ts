import { setImmediate as turn } from 'node:timers/promises'
import { EigendeskError } from '../contract/errors.ts'
import type { movieLensCalls } from '../contract/movielens.ts'
import type { ColumnSummary } from '../contract/table.ts'
import type { FinishedImport } from '../session/datasets.ts'
import type { SessionFile } from '../session/session-file.ts'
import { CHUNK_ROWS, decodeChunk, encodeChunk } from '../table/chunks.ts'
import type { Handlers } from './dispatch.ts'
import { importTable } from './import-table.ts'
import { movieLensTask, nameMovies } from './movielens-form.ts'
import type { EngineParts } from './parts.ts'

/** Shows and imports MovieLens: its movies, and its ratings with titles. Both come into sight in one step. */
export function movieLensHandlers(parts: EngineParts): Pick<Handlers, keyof typeof movieLensCalls> {
  const { desk, grants, jobs, pool, emit } = parts
  return {
    'import.previewMovieLens': async ({ form, ratings, items }) => {
      const paths = { ratings: await grants.path(ratings, 'read'), items: await grants.path(items, 'read') }
      const message = await pool.start({ task: 'previewMovieLens', form, ...paths }, () => undefined).done
      if (message.type !== 'previewed-movielens')
        throw new EigendeskError('INTERNAL', { reason: `preview answered ${message.type}` })
      return message.preview
    },
    'import.movieLens': async ({ form, ratings, items, name }) => {
      const ratingsTask = movieLensTask(await grants.path(ratings, 'read'), form, 'ratings')
      const itemsTask = movieLensTask(await grants.path(items, 'read'), form, 'items')
      const { session } = desk
      const jobId = jobs.add({ kind: 'import', name: `Import ${name}` }, async (control) => {
        const movies: { id: string; finished: FinishedImport }[] = []
        try {
          await importTable(pool, session, itemsTask, `${name} movies`, control, (id, finished) => {
            movies.push({ id, finished })
          })
          const titles = new Map(movies.flatMap(({ id, finished }) => [...readTitles(session, id, finished)]))
          const datasetId = await importTable(pool, session, ratingsTask, name, control, async (id, finished) => {
            const joined = await addTitles(session, id, finished, titles)
            session.history.record(`import ${name}`, () => {
              for (const own of movies) session.datasets.finish(own.id, own.finished)
              session.datasets.finish(id, joined)
            })
          })
          emit({ event: 'session.changed' })
          return { datasetId }
        } catch (thrown) {
          if (session.isOpen) for (const { id } of movies) session.datasets.discard(id)
          throw thrown
        }
      })
      return { jobId }
    }
  }
}

/** The titles of movies whose dataset is not finished yet, by their numbers. */
function readTitles(session: SessionFile, datasetId: string, finished: FinishedImport): Map<number, string> {
  const { nRows, chunkRows = CHUNK_ROWS } = finished
  const ids: number[] = []
  const titles: (string | null)[] = []
  for (let chunk = 0; chunk * chunkRows < nRows; chunk++) {
    const numbers = decodeChunk('number', session.datasets.readChunk(datasetId, 0, chunk))
    const texts = decodeChunk('text', session.datasets.readChunk(datasetId, 1, chunk))
    if (numbers.kind === 'number') ids.push(...numbers.values)
    if (texts.kind === 'text') titles.push(...texts.values)
  }
  return nameMovies(ids, titles)
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
