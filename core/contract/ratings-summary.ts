import { z } from 'zod'

/** How many users or items have from … to ratings, and how many ratings these are together. */
const countGroupSchema = z.object({
  from: z.number().int(),
  to: z.number().int(),
  members: z.number().int(),
  ratings: z.number().int()
})
export type CountGroup = z.infer<typeof countGroupSchema>

/** What the ratings of a table are like, before anything is fitted to them. */
export const ratingsSummarySchema = z.object({
  nUsers: z.number().int(),
  nItems: z.number().int(),
  /** of pairs: repeated ones count once */
  nRatings: z.number().int(),
  /** share of the users × items cells that are filled */
  density: z.number(),
  /** ratings of a user and item already rated */
  duplicates: z.number().int(),
  /** rows without a user, an item or a rating */
  leftOut: z.number().int(),
  /** of the numbers as they stand in the table; null where there are none: every row is a like */
  scale: z
    .object({
      min: z.number(),
      max: z.number(),
      mean: z.number(),
      /** what the values are whole multiples of, apart from the smallest; null where they are of no such step */
      step: z.number().nullable(),
      /** different values; counted up to a limit */
      distinct: z.number().int(),
      /** one bar a value where these are few, else bars of equal width; to is not in a bar, except in the last */
      histogram: z.array(z.object({ from: z.number(), to: z.number(), count: z.number().int() }))
    })
    .nullable(),
  /** with fewer than 5 ratings */
  fewUsers: z.number().int(),
  fewItems: z.number().int(),
  /** by how many ratings they have */
  userActivity: z.array(countGroupSchema),
  itemPopularity: z.array(countGroupSchema),
  /** share of the ratings that the most popular 1, 10 and 50 % of the items have */
  popularShares: z.object({ top1: z.number(), top10: z.number(), top50: z.number() }),
  /** earliest and latest time, in the unit of the column (dates: milliseconds since 1970); null without a column of times */
  time: z.object({ from: z.number(), to: z.number(), unknown: z.number().int() }).nullable(),
  warnings: z.array(
    z.object({
      code: z.enum(['mixed-scales', 'one-value', 'negative', 'zeros', 'leading-zeros', 'few-users', 'few-items']),
      count: z.number().int(),
      text: z.string()
    })
  )
})
export type RatingsSummary = z.infer<typeof ratingsSummarySchema>
