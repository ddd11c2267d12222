/** What to say where a component is shown that the bootstrap did not align; null where it aligned all of them, or none was made.
 * @param aligned how many first components it aligned @param axes 0-based, those shown
 * @returns with the number of components that would be enough */
export function samplesReach(aligned: number, axes: readonly number[]): { text: string; wanted: number } | null {
  const wanted = axes.reduce((most, axis) => Math.max(most, axis + 1), 0)
  if (aligned === 0 || wanted <= aligned) return null
  const first = aligned === 1 ? 'the first component' : `the first ${aligned} components`
  return { text: `Intervals are of ${first}`, wanted }
}
