import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { movieLensForms, type MovieLensForm } from '../../../core/contract/movielens.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

/** The first lines of each set, written by hand in its form. */
const files: Record<MovieLensForm, { ratings: string; items: string }> = {
  csv: {
    ratings:
      'userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,838,3.0,964981247\n2,26958,5.0,964982224\n2,99,1.5,964982224\n',
    items:
      'movieId,title,genres\n1,Toy Story (1995),Adventure|Children\n838,Emma (1996),Comedy\n26958,Emma (1996),Romance\n7,"Sabrina, again",Comedy\n'
  },
  data: {
    ratings: '1\t1\t4\t881250949\n1\t838\t3\t891717742\n2\t26958\t5\t878887116\n2\t99\t1\t880606923\n',
    items: ['1|Toy Story (1995)', '838|Emma (1996)', '26958|Emma (1996)']
      .map((start) => `${start}|01-Jan-1995||http://us.imdb.com/|${Array(19).fill(0).join('|')}\n`)
      .join('')
  },
  dat: {
    ratings: '1::1::4::978300760\n1::838::3::978302109\n2::26958::5::978301968\n2::99::1::978300275\n',
    items: '1::Toy Story (1995)::Animation\n838::Emma (1996)::Comedy\n26958::Emma (1996)::Romance\n'
  }
}

describe('import.movieLens', () => {
  it.each(['csv', 'data', 'dat'] as const)('gives the ratings of the form %s their titles', async (form) => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const grant = (part: 'ratings' | 'items'): string => {
      const path = join(folder, part)
      writeFileSync(path, files[form][part])
      return client.grant(path, 'read')
    }
    const order = { form, ratings: grant('ratings'), items: grant('items') }
    const preview = await client.call('import.previewMovieLens', order)
    expect(preview).toMatchObject({ nRatings: 4, nUsers: 2, nMovies: 4, nTitled: 3 })
    expect(preview.rows.map(({ title }) => title)).toEqual([
      'Toy Story (1995)',
      'Emma (1996) (838)',
      'Emma (1996) (26958)',
      null
    ])
    expect((await client.call('session.get', {})).datasets).toEqual([])

    const { jobId } = await client.call('import.movieLens', { ...order, name: 'films' })
    const { datasetId } = await client.finish(jobId)
    const { datasets, history } = await client.call('session.get', {})
    expect(history).toEqual({ undo: 'import films', redo: null })
    expect(datasets.map(({ name }) => name)).toEqual(['films movies', 'films'])
    const ratings = datasets.find(({ id }) => id === datasetId)!
    expect(ratings.columns.map(({ name }) => name)).toEqual(['userId', 'movieId', 'rating', 'timestamp', 'title'])
    expect(ratings.ratings).toMatchObject({ form: 'long', user: 'userId', item: 'title', rating: 'rating' })
    const { columns } = await client.call('dataset.rows', { datasetId: ratings.id, rows: [0, 1, 2, 3] })
    expect(columns[4]!.values).toEqual(['Toy Story (1995)', 'Emma (1996) (838)', 'Emma (1996) (26958)', 'Movie 99'])
    // one step brought both, and takes both back
    await client.call('history.undo', {})
    const undone = await client.call('session.get', {})
    expect([undone.datasets, undone.history]).toEqual([[], { undo: null, redo: 'import films' }])
    await client.call('history.redo', {})
    expect((await client.call('session.get', {})).datasets).toHaveLength(2)
    await engine.close()
  })
})

it('leaves nothing where the ratings cannot be read', async () => {
  const folder = temporaryFolder()
  const { engine, client } = openEngine(folder)
  const grant = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return client.grant(join(folder, name), 'read')
  }
  const order = { form: 'csv' as const, ratings: grant('r', ''), items: grant('i', files.csv.items) }
  await expect(client.call('import.previewMovieLens', order)).rejects.toMatchObject({ data: { code: 'FILE_EMPTY' } })
  const { jobId } = await client.call('import.movieLens', { ...order, name: 'films' })
  await expect(client.finish(jobId)).rejects.toMatchObject({ data: { code: 'FILE_EMPTY' } })
  const { datasets, history } = await client.call('session.get', {})
  expect([datasets, history.undo]).toEqual([[], null])
  await engine.close()
})

const shared = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data')

/** Ratings, films and the first title, as the README of each set and its own lines have them. */
const sets = [
  { form: 'data', folder: 'ml-100k', ratings: 100_000, films: 1682, first: 'Kolya (1996)' },
  { form: 'csv', folder: 'ml-latest-small-2018', ratings: 100_836, films: 9742, first: 'Toy Story (1995)' }
] as const

for (const { form, folder, ratings: nRatings, films, first } of sets) {
  const there = existsSync(join(shared, folder))
  if (!there) console.warn(`skipped: ${folder} is not in ${shared}`)
  it.skipIf(!there)(`the folder ${folder}, whole, has a title for every rating`, async () => {
    const { engine, client } = openEngine(temporaryFolder())
    const grant = (name: string): string => client.grant(join(shared, folder, name), 'read')
    const { ratings, items } = movieLensForms[form]
    const order = { form, ratings: grant(ratings), items: grant(items), name: folder }
    const { datasetId } = await client.finish((await client.call('import.movieLens', order)).jobId)
    const { datasets } = await client.call('session.get', {})
    expect(datasets.map(({ nRows }) => nRows)).toEqual([films, nRatings])
    const dataset = datasets.find(({ id }) => id === datasetId)!
    expect([dataset.nRowsLeftOut, dataset.columns.find(({ name }) => name === 'title')?.missing]).toEqual([0, 0])
    const title = await client.call('dataset.column', { datasetId: dataset.id, column: 'title' })
    const titles = title.kind === 'text' ? title.values : []
    // films of one title are told apart, so that there are as many titles as films that were rated
    const film = await client.call('dataset.column', { datasetId: dataset.id, column: 'movieId' })
    expect(new Set(titles).size).toBe(new Set(film.kind === 'number' ? film.values : []).size)
    expect(titles[0]).toBe(first)
    await engine.close()
  })
}
