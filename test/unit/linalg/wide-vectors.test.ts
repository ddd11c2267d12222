import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** What every kernel computes, by name, in a process of its own that compiles them with these flags of V8. */
function compute(...flags: string[]): string[] {
  const program = join(import.meta.dirname, 'every-kernel.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, program], { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  return stdout.trim().split('\n')
}

/** The engine asks V8 for vectors twice as wide (core/engine/kernel-flags.ts). */
test('wide vectors change no bit of what a kernel computes, and neither does the optimizing compiler', () => {
  const plain = compute('--no-experimental-wasm-revectorize', '--no-liftoff', '--no-wasm-tier-up')
  expect(plain.length).toBeGreaterThan(200)
  expect(compute('--experimental-wasm-revectorize', '--no-wasm-dynamic-tiering')).toEqual(plain)
  expect(compute('--liftoff-only')).toEqual(plain)
})
