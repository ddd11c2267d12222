import { expect, test } from 'vitest'
import { ComputeTeam } from '../../../core/engine/compute-team.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'

test('a team gives a large memory back after a run, and its compiled kernels to the next one', () => {
  const team = new ComputeTeam(new URL('../../../core/engine/team-member.ts', import.meta.url), 64 * 2 ** 20)
  team.assemble()
  const first = kernels()
  team.rest()
  team.assemble()
  expect(kernels()).toBe(first)

  first.memory.frame(() => first.memory.allocate(8 * 2 ** 20 + 1))
  team.rest()
  team.assemble()
  const second = kernels()
  expect(second).not.toBe(first)
  expect(second.memory.size).toBeLessThan(64 * 2 ** 20)
  expect(second.module).toBe(first.module)

  second.memory.frame(() => second.memory.allocate(8 * 2 ** 20 + 1))
  team.rest()
  expect(kernels()).not.toBe(second)
})
