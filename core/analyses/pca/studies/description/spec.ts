import { z } from 'zod'
import type { DatasetShape } from '../../../../contract/analysis.ts'
import { roleOf } from '../../../../contract/preparation.ts'
import type { StudySpec } from '../../../../contract/study.ts'
import { counted } from '../../../../stats/counted.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'

/** Components described at first: nobody reads the twentieth. */
const USUAL_COMPONENTS = 10
/** A text with more different values than this names rows and is no category. */
export const MOST_LEVELS = 50

export const descriptionParamsSchema = z.object({
  /** how many of the first components are described */
  nComponents: z.number().int().min(1)
})
export type DescriptionParams = z.infer<typeof descriptionParamsSchema>

const perComponent = z.array(z.number())

/** What each component goes with. Arrays: correlations and correlationPValues (columns × components, in the order of
 * `numeric`), correlationRows (how many rows have a value, a number a column); of the levels levelRows, and levelMeans,
 * levelVTests, levelPValues, levelCos2, levelEta2 (levels × components). Lists: numeric, levels, and levelColumns, the column of each. */
export const descriptionSummarySchema = z.object({
  /** components described: those asked for that have a variance */
  nComponents: z.number().int(),
  /** numeric columns that were related, the fitted ones first */
  numeric: z.array(z.string()),
  categories: z.array(
    z.object({
      column: z.string(),
      rows: z.number().int(),
      /** share of a component's variance between the levels, and the p-value of equal means */
      r2: perComponent,
      pValues: perComponent,
      levels: z.array(
        z.object({
          level: z.string(),
          rows: z.number().int(),
          coordinates: perComponent,
          estimates: perComponent,
          vTests: perComponent,
          pValues: perComponent,
          cos2: perComponent
        })
      )
    })
  ),
  /** columns that could not be related, with the reason */
  leftOut: z.array(z.object({ column: z.string(), reason: z.string() }))
})
export type DescriptionSummary = z.infer<typeof descriptionSummarySchema>

/** Columns worth relating to components: all that were fitted or are supplementary, and every other measurement and category
 * of the dataset, but those that only count or name rows. */
function describedColumns(params: PcaParams, dataset: DatasetShape): string[] {
  const asked = new Set([
    ...params.columns,
    ...params.supplementaryColumns,
    ...(params.group === null ? [] : [params.group])
  ])
  const others = dataset.columns.filter(({ name, type, isRowNumber, distinct }) => {
    if (asked.has(name) || name === params.label || name === params.weight) return false
    if (roleOf(dataset, name) === 'ignore') return false
    if (type === 'number') return !isRowNumber
    return type !== 'date' && (type === 'boolean' || (distinct ?? Infinity) <= MOST_LEVELS)
  })
  return [...asked, ...others.map(({ name }) => name)]
}

export const descriptionSpec: StudySpec<DescriptionParams, DescriptionSummary, PcaParams, PcaSummary> = {
  kind: 'description',
  of: 'pca',
  title: 'Axis description',
  params: descriptionParamsSchema,
  summary: descriptionSummarySchema,
  defaults: ({ summary }, asked = {}) => ({ nComponents: Math.min(USUAL_COMPONENTS, summary.nComponents), ...asked }),
  finding: ({ nComponents, numeric, categories }) =>
    `${counted(numeric.length + categories.length, 'column')} related to ${counted(nComponents, 'component')}`,
  columnsNeeded: (_params, analysisParams, dataset) => describedColumns(analysisParams, dataset),
  arraysNeeded: ['scores', 'rowsUsed', 'weights', 'imputedRow', 'imputedColumn', 'imputedValue']
}
