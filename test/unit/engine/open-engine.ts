import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEngine, type Engine } from '../../../core/engine/engine.ts'
import { LocalClient } from '../../../core/engine/local-client.ts'

export const repository = resolve(import.meta.dirname, '../../..')

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The real engine with real workers on a folder; opened again on the same folder it must find what it left. */
export function openEngine(userDataDir: string): { engine: Engine; client: LocalClient } {
  const engine = createEngine({
    userDataDir,
    resourcesDir: join(repository, 'resources'),
    computeUrl: new URL('../../../core/engine/compute.ts', import.meta.url)
  })
  return { engine, client: new LocalClient(engine) }
}
