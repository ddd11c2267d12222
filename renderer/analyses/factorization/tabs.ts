export const factorizationTabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'map', label: 'Map' },
  { id: 'factors', label: 'Factors' },
  { id: 'recommend', label: 'Recommend' },
  {
    id: 'math',
    label: 'Math',
    holds: ['each step in formulas', 'one step for a user', 'why weighting matters', 'the loss']
  }
]
