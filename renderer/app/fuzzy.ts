/** How well a text answers a query whose letters stand in it in order: higher is better, null where they do not.
 * Letters at the start of a word and letters side by side count more; long gaps and long texts count less. */
export function scoreMatch(query: string, text: string): number | null {
  const wanted = query.toLowerCase().replaceAll(' ', '')
  const given = text.toLowerCase()
  const whole = given.indexOf(query.toLowerCase().trim())
  let score = whole === -1 ? 0 : 40 - Math.min(20, whole)
  let from = 0
  let previous = -2
  for (const letter of wanted) {
    const at = given.indexOf(letter, from)
    if (at === -1) return null
    const startsWord = at === 0 || !/[\p{L}\p{N}]/u.test(given[at - 1]!)
    score += startsWord ? 8 : at === previous + 1 ? 5 : 1 - Math.min(3, (at - previous) / 8)
    previous = at
    from = at + 1
  }
  return score - text.length / 40
}
