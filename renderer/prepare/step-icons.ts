import type { StepKind } from '../../core/contract/preparation.ts'
import type { IconName } from '../ui/icons.ts'

/** The picture of each kind of step. */
export const stepIcons: Record<StepKind, IconName> = {
  filter: 'sliders-horizontal',
  choose: 'columns-3',
  type: 'type',
  transform: 'sigma',
  encode: 'tag',
  impute: 'square-dashed',
  distinct: 'copy',
  rename: 'pencil',
  move: 'arrow-right',
  project: 'chart-scatter',
  attach: 'columns-3',
  mark: 'lasso'
}
