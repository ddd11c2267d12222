export const pcaTabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'scores', label: 'Scores' },
  { id: 'variance', label: 'Variance' },
  { id: 'variables', label: 'Variables' },
  { id: 'biplot', label: 'Biplot' },
  { id: 'diagnostics', label: 'Diagnostics' },
  { id: 'clusters', label: 'Clusters' },
  { id: 'math', label: 'Math' }
]
