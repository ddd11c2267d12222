import { untrack } from 'svelte'
import { toErrorData, type ErrorData } from '../../core/contract/errors.ts'

/** An answer of the engine that follows what is shown. */
export interface Resource<T> {
  /** the last answer; it stays while the next one is on its way, and goes when key changes */
  readonly value: T | null
  readonly error: ErrorData | null
}

/** Asks again whenever something read inside ask changes, and drops answers that come too late. Call it while a
 * component starts. A null from ask means there is nothing to ask for.
 * @param key an answer is kept on screen while the next is awaited only if its key stays the same */
export function follow<T>(key: () => string, ask: () => Promise<T> | null): Resource<T> {
  let state = $state.raw<{ key: string; value: T | null; error: ErrorData | null }>({
    key: '',
    value: null,
    error: null
  })
  let latest = 0
  $effect(() => {
    const mine = ++latest
    const asked = key()
    const answer = ask()
    if (untrack(() => state.key) !== asked || answer === null) state = { key: asked, value: null, error: null }
    answer?.then(
      (value) => {
        if (mine === latest) state = { key: asked, value, error: null }
      },
      (thrown: unknown) => {
        if (mine === latest) state = { key: asked, value: null, error: toErrorData(thrown) }
      }
    )
  })
  return {
    get value() {
      return state.key === key() ? state.value : null
    },
    get error() {
      return state.key === key() ? state.error : null
    }
  }
}
