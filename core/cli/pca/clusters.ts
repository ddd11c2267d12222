import { clustersSummarySchema, MOST_CLUSTERS } from '../../analyses/pca/studies/clusters/spec.ts'
import { EigendeskError } from '../../contract/errors.ts'
import { given, numberOption } from '../arguments.ts'
import type { PcaPiece } from './piece.ts'

/** `--clusters N|auto`: rows grouped on the components. */
export const clustersPiece: PcaPiece = {
  options: { clusters: { type: 'string' }, 'cluster-components': { type: 'string' } },
  entries: async ({ values, study, array }) => {
    if (typeof values['clusters'] !== 'string') return []
    const { summary } = await study(
      'clusters',
      given({
        nClusters: countAsked(values['clusters']),
        nComponents: numberOption('cluster-components', values['cluster-components'] as string | undefined)
      })
    )
    const { clusters, within, nClusters, suggested, nComponents, condensed, withinCut, withinFinal, notes } =
      clustersSummarySchema.parse(summary)
    const assignment = await array('clusters.assignment')
    const height = await array('clusters.height')
    // Rows and clusters count from 1 for a person; the stored ones count from 0.
    const fromOne = (list: { row: number; distance: number }[]) => list.map((one) => ({ ...one, row: one.row + 1 }))
    return [
      [
        'clusters',
        {
          object: [
            ['nClusters', { json: nClusters }],
            ['suggested', { json: suggested }],
            ['nComponents', { json: nComponents }],
            ['assignment', { numbers: assignment.data.map((cluster) => cluster + 1) }],
            ['sizes', { json: clusters.map(({ size }) => size) }],
            ['centres', { json: clusters.map(({ centre }) => centre) }],
            ['heights', { array: height }],
            ['inertia', { json: { total: within[0] ?? 0, within, cut: withinCut, final: withinFinal } }],
            ['condensed', { json: condensed }],
            [
              'description',
              {
                json: clusters.map(({ numbers, categories, paragons, specific, nTraits }) => ({
                  numbers,
                  categories,
                  nTraits,
                  paragons: fromOne(paragons),
                  specific: fromOne(specific)
                }))
              }
            ],
            ['notes', { json: notes }]
          ]
        }
      ]
    ]
  }
}

function countAsked(text: string): number | null {
  if (text === 'auto') return null
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= MOST_CLUSTERS) return count
  throw new EigendeskError('USAGE', {
    reason: `--clusters ${text}: allowed are auto and whole numbers from 1 to ${MOST_CLUSTERS}.`
  })
}
