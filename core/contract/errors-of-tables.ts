import { entry, listed, named, type CatalogueEntry } from './error-entry.ts'

/** What can be wrong with columns, with steps that prepare a table, and with ratings. */
export const tableErrors = {
  COLUMN_UNKNOWN: entry(
    'user',
    (d) => `There is no column "${d.value ?? d.field ?? ''}"${d.file ? ` in ${d.file}` : ''}.`,
    (d) => `Choose among: ${listed(d.limit)}.`
  ),
  COLUMN_NOT_NUMERIC: entry(
    'user',
    (d) => `Column "${d.field ?? ''}" is ${d.value ?? 'text'}, not numbers.`,
    () => 'Leave it out, or change its type when the file is imported.'
  ),
  VIEW_UNKNOWN: entry(
    'fault',
    () => 'The order of the rows is no longer there.',
    () => 'Sort or filter the table again.'
  ),
  COLUMN_TOO_LARGE: entry(
    'user',
    (d) => `${d.field ?? 'The column'} has more text than can be looked through at once.`,
    () => 'Sort, filter or search by another column.'
  ),
  STEP_COLUMN_TYPE: entry(
    'user',
    (d) =>
      `${d.reason ?? 'This step'} needs a column of type ${d.wanted ?? 'number'}; "${d.field ?? ''}" is ${d.value ?? 'text'}.`,
    () => 'Leave the column out, or change its type in a step before.'
  ),
  STEP_LEAVES_NOTHING: entry(
    'user',
    (d) => `No ${d.value ?? 'row'} would be left: ${d.reason ?? 'the step takes all away'}.`,
    () => 'Change the step so that something stays.'
  ),
  TOO_MANY_CATEGORIES: entry(
    'user',
    (d) => `"${d.field ?? ''}" has ${d.value ?? 'too many'} different values: as many columns would be made of it.`,
    (d) => `At most ${d.limit ?? ''} are. Leave the column out, or keep fewer values with a filter before.`
  ),
  COLUMN_NAME_TAKEN: entry(
    'user',
    (d) => `There is a column called "${d.value ?? ''}" already.`,
    () => 'Choose another name.'
  ),
  COLUMN_CONSTANT: entry(
    'user',
    (d) =>
      `${d.reason ?? 'This step'} cannot be computed of "${d.field ?? ''}": all its values are equal, or there is one at most.`,
    () => 'Leave the column out.'
  ),
  COLUMN_EMPTY: entry(
    'user',
    (d) => `Every cell of ${d.field ?? 'the column'} is missing: there is nothing to fill them with.`,
    () => 'Leave the column out.'
  ),
  STEPS_INVALID: entry(
    'user',
    (d) => `${named(d)} does not hold steps: ${d.reason ?? 'they are not written as a list'}.`,
    () => 'Write a list of steps as JSON; README.md has an example.'
  ),
  TABLE_TOO_LARGE: entry(
    'user',
    (d) =>
      `Preparing holds the whole table in memory: it has ${d.value ?? 'too much'}, the limit is ${d.limit ?? '1 GB'}.`,
    () => 'Import it again with fewer columns, and prepare that.'
  ),
  MODEL_COLUMNS: entry(
    'user',
    (d) => `The model ${d.reason ?? ''} needs columns of numbers that the table does not have: ${listed(d.value)}.`,
    () => 'Rename columns or change their type in a step before, so that names and types agree.'
  ),
  MODEL_INVALID: entry(
    'user',
    (d) => `${named(d)} is no model: ${d.reason ?? 'it is not written as one'}.`,
    () => 'Choose a file written by Export, Model as JSON.'
  ),
  RESULT_GONE: entry(
    'user',
    (d) => `The ${d.field ?? 'values'} of ${d.value ?? 'the result'} are gone, or were computed again since.`,
    () => 'Take this step away, and save them as columns again.'
  ),
  PARENT_GONE: entry(
    'user',
    () => 'The dataset this one was prepared from is no longer in the session.',
    () => 'Undo its removal to change the steps, or prepare this dataset further.'
  ),
  RATINGS_COLUMNS: entry(
    'user',
    (d) => `The columns for user, item and rating could not be told${d.reason ? `: ${d.reason}` : ''}.`,
    (d) => `Name them among: ${listed(d.limit)}.`
  ),
  RATING_NOT_NUMERIC: entry(
    'user',
    (d) => `The rating "${d.value ?? ''}" is not a number.`,
    () => 'Correct the cell, or choose another column for the rating.'
  ),
  MATRIX_EMPTY: entry(
    'user',
    (d) =>
      d.value === undefined
        ? 'Every entry of the matrix is zero: there is nothing to decompose.'
        : `No ${d.value} of the table has all of its cells: there is no entry to decompose.`,
    () => 'Choose other columns, or fill missing cells before.'
  ),
  NO_TERMS: entry(
    'user',
    (d) => `No term is left of "${d.field ?? 'the text'}": ${d.reason ?? 'its cells hold no word'}.`,
    () => 'Choose a column of text, keep the stop words, or widen the limits on documents.'
  ),
  NO_RATINGS: entry(
    'user',
    () => 'The table holds no rating.',
    () => 'Choose the columns for user, item and rating, or fill at least one cell.'
  ),
  NO_LIKES: entry(
    'user',
    (d) => `None of the ${d.value ?? ''} ratings is a like: ${d.reason ?? 'all are 0'}.`,
    () => 'Lower the value from which a rating is a like, or choose another column.'
  ),
  NEGATIVE_COUNT: entry(
    'user',
    (d) => `A like cannot be counted ${d.value ?? 'less than zero times'}.`,
    () => 'Correct the cell, say from which value on a rating is a like, or choose a method for ratings.'
  ),
  TOO_FEW_RATINGS: entry(
    'user',
    (d) =>
      `No rating is left: there are no users with at least ${d.value ?? 1} who share items with at least ${d.wanted ?? 1}.`,
    () => 'Lower the least number of ratings of a user or of an item.'
  )
} satisfies Record<string, CatalogueEntry>
