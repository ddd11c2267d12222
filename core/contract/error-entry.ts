/** Where an error lies. Lines and columns count from 1, as a person counts in an editor. */
export interface ErrorPlace {
  file?: string
  line?: number
  column?: number
  field?: string
  /** of a preparation, from 1 */
  step?: number
}

/** Values an error text may name; each text uses the ones it needs. */
export interface ErrorDetails extends ErrorPlace {
  value?: string | number
  wanted?: string | number
  limit?: string | number
  reason?: string
}

/** A text of the catalogue, with what to do. */
export interface CatalogueEntry {
  /** 'user': something outside the program is wrong (exit code 1). 'fault': the program is (exit code 2). */
  blame: 'user' | 'fault'
  message: (d: ErrorDetails) => string
  hint: (d: ErrorDetails) => string
}

export const entry = (
  blame: CatalogueEntry['blame'],
  message: CatalogueEntry['message'],
  hint: CatalogueEntry['hint']
) => ({
  blame,
  message,
  hint
})

const LIST_SHOWN = 300

/** A list of names, short enough to be read: a table may have ten thousand columns. */
export function listed(names: string | number | undefined): string {
  const text = String(names ?? 'the columns of the table')
  return text.length <= LIST_SHOWN ? text : `${text.slice(0, LIST_SHOWN)}…`
}

/** The file, or what stands for it. */
export const named = (d: ErrorDetails): string => d.file ?? 'The file'
