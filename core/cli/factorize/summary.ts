import type { FactorizationSummary } from '../../analyses/factorization/spec.ts'
import type { RatingsSummary } from '../../contract/ratings-summary.ts'
import type { Workbench } from '../workbench.ts'

/** Rows that were left out are named up to so many. */
const NAMED = 5

/** What the ratings of a table are like, before anything is fitted to them; what is odd about them is said. */
export async function summarizeRatings(
  bench: Workbench,
  datasetId: string,
  params: Record<string, unknown>,
  say: (words: string) => void
): Promise<RatingsSummary> {
  const summary = await bench.client.call('ratings.summary', { datasetId, params })
  for (const { text } of summary.warnings) say(text)
  return summary
}

/** "Left out: line 4 (no rating), line 9 (no user) and 12 more."; nothing where no row is. */
export function wordsOfLeftOut(leftOut: FactorizationSummary['leftOut'], total: number): string[] {
  if (leftOut.length === 0) return []
  const named = leftOut.slice(0, NAMED).map(({ line, reason }) => `line ${line} (${reason})`)
  const more = total - named.length
  return [`Left out: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`]
}
