import { entry, named, type CatalogueEntry } from './error-entry.ts'

/** What can be wrong with a session and the disk it lies on, and what is no longer in it. */
export const sessionErrors = {
  SESSION_FOREIGN: entry(
    'user',
    (d) => `${named(d)} is not an Eigendesk session: ${d.reason ?? 'its mark is missing'}.`,
    () => 'Choose a file saved by Eigendesk (.eigendesk).'
  ),
  SESSION_CORRUPT: entry(
    'user',
    (d) => `${named(d)} is damaged: ${d.reason ?? 'its pages do not agree'}.`,
    () => 'Nothing was changed. Open a copy saved earlier.'
  ),
  SESSION_NEWER: entry(
    'user',
    (d) =>
      `${named(d)} was made by a newer Eigendesk (format ${d.value ?? '?'}; this one reads up to ${d.limit ?? '?'}).`,
    () => 'Update Eigendesk, then open it again.'
  ),
  SESSION_BUSY: entry(
    'user',
    (d) => `${named(d)} is open in another window or another run of Eigendesk.`,
    () => 'Go on there, or close it there and open it again. A session is open in one place at a time.'
  ),
  CHECKPOINT_UNKNOWN: entry(
    'user',
    () => 'That checkpoint no longer exists.',
    () => 'Choose another one from the list.'
  ),
  DISK_FULL: entry(
    'user',
    () => 'The disk is full: nothing of this step was stored.',
    () => 'Make room and run it again. What had finished is kept.'
  ),
  SESSION_UNWRITABLE: entry(
    'user',
    (d) => `The session file can no longer be written: ${d.reason ?? 'the system refused'}.`,
    () =>
      'Check that its disk is there and may be written to, or save the session elsewhere. What had finished is kept.'
  ),
  DATASET_UNKNOWN: entry(
    'user',
    () => 'That dataset is no longer in the session.',
    () => 'Choose one from the list on the left.'
  ),
  ANALYSIS_UNKNOWN: entry(
    'user',
    () => 'That analysis is no longer in the session.',
    () => 'Choose one from the list on the left.'
  ),
  RESULT_OLDER: entry(
    'user',
    () => 'This result was made by an older version, which stored less of it.',
    () => 'Run the analysis again.'
  ),
  STUDY_CHANGED: entry(
    'user',
    (d) => `“${d.value}” was computed again while it was being read, so that nothing was made of it.`,
    () => 'Do it once more.'
  ),
  ARRAY_UNKNOWN: entry(
    'fault',
    (d) => `The result has no array "${d.value ?? ''}".`,
    () => 'Run the analysis again.'
  )
} satisfies Record<string, CatalogueEntry>
