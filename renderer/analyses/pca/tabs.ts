export const pcaTabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'scores', label: 'Scores' },
  { id: 'variance', label: 'Variance' },
  { id: 'loadings', label: 'Loadings' },
  { id: 'diagnostics', label: 'Diagnostics' },
  { id: 'clusters', label: 'Clusters' },
  { id: 'math', label: 'Math' }
]
