export const factorizationTabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'map', label: 'Map' },
  { id: 'factors', label: 'Factors' },
  { id: 'recommend', label: 'Recommend' }
]
