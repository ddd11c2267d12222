/** The views of a truncated SVD. What each holds is its tooltip, and what the palette finds it by. */
export const svdTabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'map', label: 'Map', holds: ['rows and columns together', 'documents and terms'] },
  { id: 'factors', label: 'Factors', holds: ['top terms of each factor', 'both ends'] }
]
