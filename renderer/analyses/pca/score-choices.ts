import type { AnalysisInfo } from '../../../core/contract/session.ts'
import type { JsonValue } from '../../../core/contract/analysis.ts'
import { session } from '../../app/session.svelte.ts'

/** How a score plot is looked at. */
export interface ScoreChoices {
  /** two components, three, or all pairs of the first few */
  as: 'plane' | 'space' | 'pairs'
  ellipses: 'data' | 'mean' | 'both' | 'none'
  centroids: boolean
  hulls: boolean
  density: boolean
  /** '' for none, BY_COS2, or a column of numbers */
  sizeBy: string
  /** '' for the groups' own, or a category */
  symbolBy: string
  labelled: 'distance' | 'cos2' | 'contribution' | 'none'
  /** 0: as many as usual */
  labelCount: number
  /** what is shown of how well a point is represented */
  overlay: 'none' | 'cos2-opacity' | 'cos2' | 'neighbours'
  /** the dataset whose projected rows are drawn: '' for the newest, NO_PROJECTED for none */
  projected: string
  /** draw every point, however long it takes */
  all: boolean
}

/** In place of a column: sized by how much of a row the plane shows. */
export const BY_COS2 = '\u0000cos2'

const usual: ScoreChoices = {
  as: 'plane',
  ellipses: 'data',
  centroids: false,
  hulls: false,
  density: false,
  sizeBy: '',
  symbolBy: '',
  labelled: 'distance',
  labelCount: 0,
  overlay: 'none',
  projected: '',
  all: false
}

/** Under this key the choices stand among those of a result. */
const keyOf = (name: keyof ScoreChoices): string => `scores.${name}`

export function scoreChoices(analysis: AnalysisInfo): ScoreChoices {
  const entries = Object.entries(usual).map(([name, value]) => [
    name,
    session.plotChoice<JsonValue>(analysis.id, keyOf(name as keyof ScoreChoices), value as JsonValue)
  ])
  return Object.fromEntries(entries) as ScoreChoices
}

export function setScoreChoice<Name extends keyof ScoreChoices>(
  analysis: AnalysisInfo,
  name: Name,
  value: ScoreChoices[Name]
): void {
  session.setPlotChoice(analysis.id, keyOf(name), value)
}
