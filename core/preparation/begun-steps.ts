import type { Projection } from '../contract/model.ts'
import { stepSchema } from '../contract/preparation.ts'
import type { StepSpec } from './step-spec.ts'

/** Steps that a model, a result or a selection begins: a form only changes them. */

export const project: StepSpec = {
  kind: 'project',
  title: 'Project on a model',
  description: 'Adds the scores, T², Q and cos² of each row on the components of a model.',
  params: stepSchema,
  fields: [
    {
      key: 'model',
      label: 'Model',
      control: { kind: 'fixed', text: 'As it was when this step was made' },
      help: (params) => {
        const { name, columns, components } = params['model'] as Projection
        return `${name}: ${components.length} components of ${columns.length} columns. A row is placed by the columns of these names.`
      }
    }
  ],
  defaults: () => ({ kind: 'project' })
}

export const attach: StepSpec = {
  kind: 'attach',
  title: 'Add columns of a result',
  description: 'Scores, factors, clusters or filled cells that a result has for the rows of this table.',
  params: stepSchema,
  fields: [
    {
      key: 'column',
      label: 'Name',
      control: { kind: 'text' },
      help: (params) =>
        ({
          scores: 'The number of the component comes behind it.',
          factors: 'The number of the factor comes behind it.',
          clusters: 'A column of categories.',
          filled: 'Comes behind the name of each column.'
        })[String(params['what'])] ?? ''
    }
  ],
  defaults: () => ({ kind: 'attach', what: 'scores', analysisId: '', analysisName: '', column: 'PC' })
}

export const mark: StepSpec = {
  kind: 'mark',
  title: 'Mark chosen rows',
  description: 'A column that says of each row whether it was chosen.',
  params: stepSchema,
  fields: [
    { key: 'column', label: 'Name', control: { kind: 'text' }, help: () => 'A column of categories.' },
    {
      key: 'chosen',
      label: 'Chosen rows',
      group: 'words',
      control: { kind: 'text' },
      help: () => 'The word they get.'
    },
    {
      key: 'rest',
      label: 'Other rows',
      group: 'words',
      control: { kind: 'text' },
      help: (params) => (params['rest'] === '' ? 'Left empty, they have no value.' : 'The word all others get.')
    }
  ],
  defaults: () => ({ kind: 'mark', column: 'Selection', runs: [], chosen: 'selected', rest: 'rest' })
}
