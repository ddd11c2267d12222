/** The views of a truncated SVD. What each holds is its tooltip, and what the palette finds it by. */
export const svdTabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'map', label: 'Map', holds: ['rows and columns together', 'documents and terms'] },
  { id: 'factors', label: 'Factors', holds: ['top terms of each factor', 'both ends'] },
  { id: 'neighbours', label: 'Neighbours', holds: ['nearest by cosine', 'similar documents', 'similar terms'] },
  { id: 'low-rank', label: 'Low rank', holds: ['approximation', 'residual', 'Eckart–Young', 'storage saved'] },
  { id: 'math', label: 'Math', holds: ['A = U Σ Vᵀ', 'one entry written out', 'TF-IDF'] }
]
