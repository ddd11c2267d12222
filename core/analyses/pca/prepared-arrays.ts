/** Arrays of the result that preparedMatrix reads: a study names them among its arraysNeeded. Apart from it, so that the page,
 * which imports the specs, does not bring the linear algebra along. */
export const PREPARED_ARRAYS = ['rowsUsed', 'weights', 'imputedRow', 'imputedColumn', 'imputedValue'] as const
