/** A text as it can stand in a comment: a name may hold the end of a line, and what follows it would be run. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n\v\f\u0085\u2028\u2029]+\s*/g, ' ')
