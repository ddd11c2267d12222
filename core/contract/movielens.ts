import { z } from 'zod'
import { call } from './call.ts'

/** The forms in which MovieLens gives its ratings, by their two files. */
export const movieLensForms = {
  csv: { ratings: 'ratings.csv', items: 'movies.csv' },
  data: { ratings: 'u.data', items: 'u.item' },
  dat: { ratings: 'ratings.dat', items: 'movies.dat' }
} as const
export const movieLensFormSchema = z.enum(['csv', 'data', 'dat'])
export type MovieLensForm = z.infer<typeof movieLensFormSchema>

/** What ratings with titles would hold, before anything is stored. */
export const movieLensPreviewSchema = z.object({
  /** the first ratings, as written; title null where the movie has none */
  rows: z.array(z.object({ user: z.string(), movie: z.string(), title: z.string().nullable(), rating: z.string() })),
  nRatings: z.number().int(),
  nUsers: z.number().int(),
  /** movies that were rated, and those of them with a title */
  nMovies: z.number().int(),
  nTitled: z.number().int(),
  /** bytes of the ratings the figures speak of; less than bytes for a large file */
  bytesRead: z.number(),
  bytes: z.number()
})
export type MovieLensPreview = z.infer<typeof movieLensPreviewSchema>

export const movieLensCalls = {
  'import.previewMovieLens': call(
    z.object({ form: movieLensFormSchema, ratings: z.uuid(), items: z.uuid() }),
    movieLensPreviewSchema
  ),
  /** imports the movies, and the ratings with the title of each movie beside its number: one step */
  'import.movieLens': call(
    z.object({
      form: movieLensFormSchema,
      ratings: z.uuid(),
      items: z.uuid(),
      /** of the ratings' dataset */
      name: z.string().min(1).max(200)
    }),
    z.object({ jobId: z.string() })
  )
}

/** The form of a folder's files, by their names; null where they are none of MovieLens. */
export function movieLensFormOf(names: readonly string[]): MovieLensForm | null {
  const found = movieLensFormSchema.options.find((form) => {
    const { ratings, items } = movieLensForms[form]
    return names.includes(ratings) && names.includes(items)
  })
  return found ?? null
}
