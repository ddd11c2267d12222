import type { RatingsSummary } from '../../../core/contract/ratings-summary.ts'
import { formatCount, formatPercent, formatPlural, formatSignificant } from '../../ui/format.ts'

/** One line of what the ratings of a table are like: name, value, and what it means where that needs saying. */
export interface RatingsLine {
  name: string
  value: string
  title?: string
}

/** Numbers of at least this size are moments and no years or counters: seconds since 1970 from 1973 on, and milliseconds. */
const SECONDS_FROM = 1e8
const MILLISECONDS_FROM = 1e11

/** A moment of a column of times: a day where the number is a date, or seconds or milliseconds since 1970, else the number. */
function momentText(value: number, isDate: boolean): string {
  const milliseconds = isDate || value >= MILLISECONDS_FROM ? value : value >= SECONDS_FROM ? value * 1000 : null
  const date = milliseconds === null ? null : new Date(milliseconds)
  if (date === null || Number.isNaN(date.getTime())) return formatSignificant(value, 10)
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
}

/** A share of few cells keeps two digits that say something. */
const densityText = (share: number): string => {
  if (share > 0 && share < 0.0001) return `< 0.01\u00a0%`
  return formatPercent(share, share < 0.1 ? 2 : 1)
}

function scaleText({ min, max, step, distinct }: NonNullable<RatingsSummary['scale']>): string {
  if (distinct === 1) return `only ${formatSignificant(min)}`
  const range = `${formatSignificant(min)} to ${formatSignificant(max)}`
  return step === null ? range : `${range}, in steps of ${formatSignificant(step)}`
}

/** What the ratings of a table are like, line by line. @param timeIsDate the times are of a column of dates */
export function ratingsLines(summary: RatingsSummary, timeIsDate: boolean): RatingsLine[] {
  const { scale, time, popularShares } = summary
  const lines: RatingsLine[] = [
    { name: 'Users', value: formatCount(summary.nUsers) },
    { name: 'Items', value: formatCount(summary.nItems) },
    {
      name: scale ? 'Ratings' : 'Likes',
      value: formatCount(summary.nRatings),
      title: 'A user and an item that stand together more than once count as one'
    },
    { name: 'Cells filled', value: densityText(summary.density), title: 'Share of all users × items that is known' },
    {
      name: 'Repeated pairs',
      value: formatCount(summary.duplicates),
      title: 'Ratings of a user and item already rated'
    }
  ]
  if (summary.leftOut > 0)
    lines.push({
      name: 'Rows left out',
      value: formatCount(summary.leftOut),
      title: 'Rows without a user, an item or a rating'
    })
  lines.push(
    { name: 'Users with under 5 ratings', value: formatCount(summary.fewUsers) },
    { name: 'Items with under 5 ratings', value: formatCount(summary.fewItems) },
    {
      name: 'Most popular tenth of the items',
      value: `${formatPercent(popularShares.top10, 1)} of ratings`,
      title: `The top 1 % of the items have ${formatPercent(popularShares.top1, 1)} of the ratings, half of them ${formatPercent(popularShares.top50, 1)}`
    }
  )
  if (scale) {
    lines.push({ name: 'Scale', value: scaleText(scale) })
    if (scale.distinct > 1) lines.push({ name: 'Mean', value: formatSignificant(scale.mean, 3) })
  }
  if (time) {
    const [from, to] = [momentText(time.from, timeIsDate), momentText(time.to, timeIsDate)]
    lines.push({
      name: 'Rated',
      value: from === to ? from : `${from} to ${to}`,
      ...(time.unknown > 0 ? { title: `${formatPlural(time.unknown, 'rating')} without a time` } : {})
    })
  }
  return lines
}

/** The bars of the scale in words: "1: 6,110, 2: 11,370". */
export const barsText = ({ histogram }: NonNullable<RatingsSummary['scale']>): string =>
  histogram
    .map(({ from, to, count }) => {
      const place = from === to ? formatSignificant(from) : `${formatSignificant(from)} to ${formatSignificant(to)}`
      return `${place}: ${formatCount(count)}`
    })
    .join(', ')
