import type { ExportTable, StoredResult } from '../../contract/analysis.ts'
import { componentNames, later, spread } from './export-columns.ts'
import { CRITERIA } from './studies/criteria/spec.ts'

/** What was found of how many components, of factors and of other samples, where that was computed. */
export function criteriaTables(result: StoredResult<{ columns: string[] }>): ExportTable[] {
  const has = (name: string): boolean => result.arrays?.includes(name) ?? false
  const numbers = (name: string): ArrayLike<number> => result.array(name).data
  const tables: ExportTable[] = []
  if (has('criteria.suggested')) {
    tables.push(
      later('criteria', 'How many components: what each rule suggests', () => [
        { name: 'rule', values: [...CRITERIA] },
        {
          name: 'components',
          values: Float64Array.from(numbers('criteria.suggested'), (count) => (count < 0 ? NaN : count))
        }
      ])
    )
  }
  if (has('criteria.byChance')) {
    tables.push(
      later('parallel-analysis', 'Parallel analysis: eigenvalues, and what chance reaches', () => [
        { name: 'component', values: componentNames(numbers('criteria.byChance').length) },
        { name: 'eigenvalue', values: numbers('criteria.variances') },
        { name: 'by chance', values: numbers('criteria.byChance') }
      ])
    )
  }
  if (has('factorability.antiImage')) {
    tables.push(
      later('anti-image', 'Anti-image correlations, with the KMO of each column on the diagonal', () => {
        const names = result.list('factorability.columns')
        const image = numbers('factorability.antiImage')
        return [{ name: 'column', values: names }, ...spread(image, names)]
      })
    )
  }
  if (has('bootstrap.sharesLower')) {
    tables.push(
      later('bootstrap-shares', 'Bootstrap: intervals of the shares', () => [
        { name: 'component', values: componentNames(numbers('bootstrap.sharesLower').length) },
        { name: 'lower', values: numbers('bootstrap.sharesLower') },
        { name: 'upper', values: numbers('bootstrap.sharesUpper') },
        ...(has('bootstrap.sumsLower')
          ? [
              { name: 'cumulative lower', values: numbers('bootstrap.sumsLower') },
              { name: 'cumulative upper', values: numbers('bootstrap.sumsUpper') }
            ]
          : [])
      ]),
      later('bootstrap-loadings', 'Bootstrap: intervals of the loadings', () => {
        const names = componentNames(result.array('bootstrap.loadingsLower').shape[1] ?? 0)
        const [lower, upper] = (['Lower', 'Upper'] as const).map((end) =>
          spread(
            numbers(`bootstrap.loadings${end}`),
            names.map((name) => `${name} ${end.toLowerCase()}`)
          )
        )
        const columns = names.flatMap((_, k) => [lower![k]!, upper![k]!])
        return [{ name: 'column', values: [...result.summary.columns] }, ...columns]
      })
    )
  }
  return tables
}
