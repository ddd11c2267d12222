import { expect, test } from 'vitest'
import { forward, partOf, quiet, type Watch } from '../../../core/linalg/watch.ts'
import { recording } from './watches.ts'

test('each way of watching a part looks at the stop button, and tells what it should of the progress', () => {
  const told = [
    [(watch: Watch) => partOf(watch, 0.5, 1), [0.75, 0.625, 1]],
    [quiet, []],
    [forward, [0.5, 1]]
  ] as const
  for (const [make, expected] of told) {
    const { watch, seen, looks } = recording()
    const inner = make(watch)
    inner.checkpoint()
    for (const part of [0.5, 0.25, NaN, 1]) if (make === forward || !Number.isNaN(part)) inner.progress(part)
    expect(looks()).toBe(1)
    expect(seen).toEqual(expected)
  }
})
