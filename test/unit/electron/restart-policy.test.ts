import { describe, expect, it } from 'vitest'
import { createRestartPolicy } from '../../../electron/main/restart-policy.ts'

describe('restarting what crashed', () => {
  it('happens at once the first time, later each time, and not after the fifth crash within a minute', () => {
    const policy = createRestartPolicy()
    expect([0, 1, 2, 3, 4].map((second) => policy.nextDelay(second * 1000))).toEqual([0, 100, 200, 400, undefined])
  })

  it('goes on for ever where crashes are a minute apart', () => {
    const policy = createRestartPolicy()
    const delays = Array.from({ length: 20 }, (_, minute) => policy.nextDelay(minute * 60_000))
    expect(delays).toEqual(delays.map(() => 0))
  })
})
