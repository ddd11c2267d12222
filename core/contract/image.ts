/** Grey has one channel, colour three. */
export type ImageChannels = 1 | 3

const channelNames: Record<ImageChannels, readonly string[]> = { 1: ['grey'], 3: ['red', 'green', 'blue'] }

/** Columns of a picture that was opened as a table: "red 1" … "red 640", "green 1" …, or "grey 1" …; a row is a row of
 * pixels. */
export function imageColumnNames(width: number, channels: ImageChannels): string[] {
  return channelNames[channels].flatMap((channel) => Array.from({ length: width }, (_, x) => `${channel} ${x + 1}`))
}

/** How the columns of a table are pixels of a picture; null where they are none, or not all of them.
 * @param columns their names, in order */
export function imageShapeOf(columns: readonly string[]): { width: number; channels: ImageChannels } | null {
  const channels = columns[0] === 'grey 1' ? 1 : columns[0] === 'red 1' ? 3 : null
  if (channels === null || columns.length % channels !== 0) return null
  const width = columns.length / channels
  const wanted = imageColumnNames(width, channels)
  return columns.every((name, i) => name === wanted[i]) ? { width, channels } : null
}
