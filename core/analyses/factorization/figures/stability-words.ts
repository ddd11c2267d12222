import { countReturning, isAlike, SAME, ALIKE, type StabilitySummary } from '../studies/stability/spec.ts'

type StableFactor = StabilitySummary['factors'][number]

const two = (value: number): string => value.toFixed(2)

/** What the further fits say of one factor.
 * @param place 0-based */
export function factorSentence({ axis, turned }: StableFactor, place: number): string {
  const name = `Factor ${place + 1}`
  if (axis === null) return `${name} is zero for every item.`
  const figures = `${two(axis.mean)} on average, ${two(axis.least)} at least`
  if (axis.mean >= SAME) return `${name} comes back under other seeds: ${figures}.`
  if (axis.mean >= ALIKE) return `${name} comes back much alike under other seeds: ${figures}.`
  if (isAlike(turned)) {
    return `${name} turns among others: ${figures} by itself, ${two(turned!.mean)} once the whole is turned back. The space is stable, this axis is not.`
  }
  return `${name} is another one under other seeds: ${figures}. What it seems to be about may be chance.`
}

/** Mean and standard deviation (divisor n − 1) of a figure of the fits; null where a fit lacks it. */
export function overFits(
  { fits }: Pick<StabilitySummary, 'fits'>,
  figure: 'rmse' | 'ndcg'
): { mean: number; deviation: number } | null {
  const values = fits.flatMap((fit) => fit[figure] ?? [])
  if (values.length === 0 || values.length < fits.length) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 }
}

/** What the further fits say of the model: a name and a figure each. */
export function stabilityRows(summary: StabilitySummary): [string, string][] {
  const { factors, space, lists, judgedOn } = summary
  const rmse = overFits(summary, 'rmse')
  const ndcg = overFits(summary, 'ndcg')
  return [
    ['Factors that come back', `${countReturning(summary)} of ${factors.length}`],
    ...(space === null
      ? []
      : [['Shared space', `${two(space.mean)}, by chance ${two(space.chance)}`] satisfies [string, string]]),
    ...(rmse === null
      ? []
      : [[`RMSE, ${judgedOn}`, `${rmse.mean.toFixed(4)} ± ${rmse.deviation.toFixed(4)}`] satisfies [string, string]]),
    ...(ndcg === null
      ? []
      : [['nDCG', `${ndcg.mean.toFixed(4)} ± ${ndcg.deviation.toFixed(4)}`] satisfies [string, string]]),
    ...(lists === null
      ? []
      : [
          [
            `Of a list of ${lists.n}`,
            `${(lists.kept * lists.n).toFixed(1)} stay, Jaccard ${two(lists.jaccard.mean)}`
          ] satisfies [string, string]
        ])
  ]
}
