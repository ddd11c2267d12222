/** The views of a PCA. What each holds is its tooltip, and what the palette finds it by. */
export const pcaTabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'scores', label: 'Scores', holds: ['score plot', '3D', 'pairs of components', 'ellipses', 'density'] },
  {
    id: 'variance',
    label: 'Variance',
    holds: [
      'scree',
      'how many components',
      'parallel analysis',
      'cross-validation',
      'bootstrap',
      'KMO',
      'Bartlett’s test'
    ]
  },
  {
    id: 'variables',
    label: 'Variables',
    holds: ['loadings', 'what drives a component', 'correlation circle', 'cos²', 'contributions', 'rotation', 'varimax']
  },
  { id: 'biplot', label: 'Biplot', holds: ['rows and columns together', 'arrows'] },
  {
    id: 'diagnostics',
    label: 'Diagnostics',
    holds: ['unusual rows', 'outliers', 'Hotelling’s T²', 'Q residual', 'leverage', 'reconstruction']
  },
  { id: 'clusters', label: 'Clusters', holds: ['groups of rows', 'dendrogram', 'k-means', 'paragons'] },
  {
    id: 'math',
    label: 'Math',
    holds: ['each step in formulas', 'why a row is where it is', 'as scikit-learn', 'R prcomp', 'FactoMineR', 'MATLAB']
  }
]
