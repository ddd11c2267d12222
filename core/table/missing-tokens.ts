/** Texts that stand for a missing cell where nothing else is in it, blanks around them ignored. */
export const MISSING_TOKENS: readonly string[] = [
  ...['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', '?', '-', '.']
]
