import type { CallResult } from '../../core/contract/calls.ts'
import { call } from './api.ts'
import type { ObjectRef } from './screen.svelte.ts'
import { session } from './session.svelte.ts'

type Step = CallResult<'history.undo'>

/** Text fields have a history of their own, also where the menu is used. */
function leftToField(command: 'undo' | 'redo'): boolean {
  const field = document.activeElement
  if (!(field instanceof HTMLElement) || !field.matches('input:not([type=checkbox], [type=radio]), textarea'))
    return false
  // Deprecated and without a successor for this: the field's own steps are known to the browser alone.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand(command)
  return true
}

export async function undo(): Promise<void> {
  const label = session.info?.history.undo
  if (leftToField('undo') || !label) return
  const step = await session.attempt('The last step was not undone', () => call('history.undo', {}))
  if (step) follow(step, `Undone: ${label}`)
}

export async function redo(): Promise<void> {
  const label = session.info?.history.redo
  if (leftToField('redo') || !label) return
  const step = await session.attempt('The step was not taken again', () => call('history.redo', {}))
  if (step) follow(step, `Done again: ${label}`)
}

/** What a step brought back is shown: a dataset rather than the analyses that came with it. */
export function follow({ session: info, revealed }: Step, said: string): void {
  session.update(info)
  session.toast = null
  session.say(said)
  const target = revealed.find((object) => object.type === 'dataset') ?? revealed[0]
  if (target) session.show(target)
}

/** Removes at once: an undo is one click away. */
export async function removeObject(object: ObjectRef): Promise<void> {
  const removed = await session.attempt(`${object.name} was not removed`, () =>
    object.type === 'dataset'
      ? call('dataset.remove', { datasetId: object.id })
      : call('analysis.remove', { analysisId: object.id })
  )
  if (!removed) return
  await session.attempt('The session could not be read', () => session.refresh())
  session.toast = { text: `Removed ${object.name}`, action: 'Undo', run: () => void undo() }
}
