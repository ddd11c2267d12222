/** Whether every value is a finite number: 0 times any other is NaN. */
export function allFinite(values: Float64Array): boolean {
  let [one, two, three, four] = [0, 0, 0, 0]
  let i = 0
  for (; i + 4 <= values.length; i += 4) {
    one += 0 * values[i]!
    two += 0 * values[i + 1]!
    three += 0 * values[i + 2]!
    four += 0 * values[i + 3]!
  }
  for (; i < values.length; i++) one += 0 * values[i]!
  return one + two + three + four === 0
}
