/** What a person does with a large table, in its order: window/app-memory.window.ts measures each. */
export const MEMORY_STEPS = [
  'import',
  'fit, scores drawn',
  'diagnostics',
  'table, and scores again',
  'parallel analysis',
  'bootstrap',
  'report',
  'scores as CSV',
  'scores at the end'
] as const

export type MemoryStep = (typeof MEMORY_STEPS)[number]
