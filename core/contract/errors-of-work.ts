import { entry, type CatalogueEntry } from './error-entry.ts'

/** What can be wrong with parameters and numbers, and what can happen to work. */
export const workErrors = {
  INVALID_CALL: entry(
    'fault',
    (d) => `A call does not match the contract: ${d.reason ?? 'unknown call'}.`,
    () => 'Restart Eigendesk. If it happens again, report it with this text.'
  ),
  INVALID_PARAMETER: entry(
    'user',
    (d) => `${d.field ?? 'A parameter'}: ${d.reason ?? 'the value is not allowed'}.`,
    (d) => (d.limit === undefined ? 'Correct it and run again.' : `Allowed: ${d.limit}.`)
  ),
  TOO_MANY_COMPONENTS: entry(
    'user',
    (d) => `${d.value ?? ''} components were asked for; this table has at most ${d.limit ?? ''}.`,
    (d) => `Ask for 1 to ${d.limit ?? ''}: the smaller of rows used and columns.`
  ),
  TOO_FEW_ROWS: entry(
    'user',
    (d) =>
      `${d.value ?? 'Too few'} complete row${d.value === 1 ? '' : 's'} to work on; at least ${d.wanted ?? 2} are needed.`,
    () => 'Add rows, leave out columns with many missing cells, or fill missing cells with the column mean.'
  ),
  TOO_FEW_COLUMNS: entry(
    'user',
    () => 'No numeric column is chosen.',
    () => 'Choose at least one column of numbers.'
  ),
  ZERO_VARIANCE: entry(
    'user',
    (d) => `Every chosen column is constant${d.field ? ` (${d.field})` : ''}: there is no variance to explain.`,
    () => 'Choose at least one column whose values differ.'
  ),
  NON_FINITE: entry(
    'user',
    (d) => `${d.value ?? 'A value'} is not a finite number.`,
    () => 'Correct the cell, or read it as missing.'
  ),
  OUT_OF_RANGE: entry(
    'user',
    (d) =>
      `The numbers are too large: what is computed from them exceeds the largest double${d.field ? ` (${d.field})` : ''}.`,
    () => 'Scale the columns to unit variance, or change their unit.'
  ),
  SHAPE_MISMATCH: entry(
    'fault',
    (d) => `Shapes do not match: ${d.value ?? ''} and ${d.wanted ?? ''}.`,
    () => 'Report this with the table that caused it.'
  ),
  SINGULAR: entry(
    'user',
    (d) => `The matrix is singular at pivot ${d.value ?? ''}: its reciprocal condition is ${d.limit ?? 0}.`,
    () => 'Leave out rows or columns that follow from the others, or solve it in the sense of least squares.'
  ),
  NOT_POSITIVE_DEFINITE: entry(
    'user',
    (d) => `A matrix is not positive definite: pivot ${d.value ?? ''} is not above 0.`,
    () => 'Use a regularization above 0, or a symmetric matrix whose eigenvalues are all positive.'
  ),
  NO_CONVERGENCE: entry(
    'fault',
    (d) => `The iteration did not settle after ${d.value ?? ''} ${d.reason ?? 'sweeps'}.`,
    () => 'Report this with the table that caused it.'
  ),
  DIVERGED: entry(
    'user',
    (d) => `The fit left all bounds: steps of size ${d.value ?? ''} are too large for these ratings.`,
    () => 'Choose a smaller step size, or a stronger regularization.'
  ),
  TOO_MANY_ITEMS: entry(
    'user',
    (d) =>
      `A weight from each of ${d.value ?? 'so many'} items to each other does not fit in memory; the limit is ${d.limit ?? ''} items.`,
    () => 'Leave out items with few ratings (raise "Ratings an item needs"), or choose iALS.'
  ),
  NO_FACTORS: entry(
    'user',
    (d) => `A model of the method “${d.value ?? ''}” has neither factors nor biases to be written in this form.`,
    () => 'Export it as JSON or NPZ, or choose a method with factors.'
  ),
  OUT_OF_MEMORY: entry(
    'user',
    (d) =>
      `This needs ${d.value ?? 'more memory than there is'}${d.limit === undefined ? '' : `; the limit is ${d.limit}`}.`,
    () => 'Choose fewer columns or components.'
  ),
  CANCELLED: entry(
    'user',
    () => 'Cancelled. Nothing was stored.',
    () => 'Run it again whenever you like.'
  ),
  ENGINE_STOPPED: entry(
    'fault',
    () => 'The engine stopped and was started again. What had finished is kept.',
    () => 'Run the step again.'
  ),
  ENGINE_RESTARTED: entry(
    'fault',
    () => 'The engine stopped while nothing ran, and was started again. Everything is kept.',
    () => 'Go on where you were. Where it happens again, save the session under a name and restart Eigendesk.'
  ),
  ENGINE_GAVE_UP: entry(
    'fault',
    () => 'The engine stopped several times in a row and was not started again.',
    () => 'Restart Eigendesk. What had finished is kept.'
  ),
  USAGE: entry(
    'user',
    (d) => d.reason ?? 'The command was not understood.',
    () => 'See `npm run cli -- --help`.'
  ),
  INTERNAL: entry(
    'fault',
    (d) => `Something failed inside Eigendesk: ${d.reason ?? 'no reason was given'}.`,
    () => 'Your data is safe. Report this with the text shown.'
  )
} satisfies Record<string, CatalogueEntry>
