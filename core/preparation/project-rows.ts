import { matchColumns } from '../contract/model.ts'
import type { StepOf } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { Watch } from '../linalg/watch.ts'
import { counted } from '../stats/counted.ts'
import { projectOnto } from '../stats/project.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { countMissing, namesIn, numbersOf, takeName, type WorkingColumn, type WorkingTable } from './working-table.ts'

/** Places the rows on the components of a model, and adds their scores, T², Q and cos² as columns.
 * @throws MODEL_COLUMNS naming the columns of the model that the table lacks or does not have as numbers */
export function projectRows(table: WorkingTable, { model }: StepOf<'project'>, watch: Watch): StepOutcome {
  const { missing, otherType } = matchColumns(model, table.columns)
  if (missing.length > 0 || otherType.length > 0) {
    throw new EigendeskError('MODEL_COLUMNS', {
      value: [...missing, ...otherType.map(({ name, type }) => `${name} (${type})`)].join(', '),
      reason: model.name
    })
  }
  const columns = model.columns.map((name) => numbersOf(table, name, 'A projection'))
  const { scores, tSquared, q, cos2, nLacking, nFilled } = projectOnto(model, columns, table.nRows, watch)
  const k = model.components.length
  const taken = namesIn(table)
  const made = (wished: string, values: Float64Array): WorkingColumn => {
    const name = takeName(wished, taken)
    const data = { kind: 'number' as const, name, values }
    return {
      name,
      type: 'number',
      data,
      summary: null,
      origin: null,
      imputed: null,
      missing: countMissing(data, watch)
    }
  }
  const perComponent = (nameOf: (component: string) => string, values: Float64Array): WorkingColumn[] =>
    model.components.map((_, c) =>
      made(
        nameOf(`PC${c + 1}`),
        Float64Array.from({ length: table.nRows }, (__, row) => values[row * k + c]!)
      )
    )
  const added = [
    ...perComponent((component) => component, scores),
    made('T2', tSquared),
    made('Q', q),
    ...perComponent((component) => `${component} cos2`, cos2)
  ]
  return outcome(table, { ...table, columns: [...table.columns, ...added] }, [
    `Projected on ${counted(k, 'component')} of ${model.name}`,
    nLacking === 0
      ? ''
      : `${counted(nLacking, 'row')} with a missing cell ${nLacking === 1 ? 'has' : 'have'} no scores`,
    nFilled === 0 ? '' : `${counted(nFilled, 'missing cell')} taken for the mean of the fitted rows`
  ])
}
