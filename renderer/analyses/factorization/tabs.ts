interface FactorizationTab {
  id: string
  label: string
  holds?: string[]
  /** there is nothing in it for methods without factors */
  needsFactors?: boolean
}

export const factorizationTabs: FactorizationTab[] = [
  { id: 'overview', label: 'Overview' },
  { id: 'map', label: 'Map', needsFactors: true },
  { id: 'factors', label: 'Factors', needsFactors: true },
  { id: 'recommend', label: 'Recommend' },
  {
    id: 'accuracy',
    label: 'Accuracy',
    holds: ['RMSE', 'nDCG', 'baselines', 'learning curve', 'error by activity', 'users predicted worst', 'doubts']
  },
  {
    id: 'compare',
    label: 'Compare',
    holds: ['models on one split', 'cross-validation', 'paired intervals', 'search for parameters', 'every trial']
  },
  {
    id: 'math',
    label: 'Math',
    holds: ['each step in formulas', 'one step for a user', 'why weighting matters', 'the loss']
  }
]
