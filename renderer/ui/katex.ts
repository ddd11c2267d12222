import type { KatexOptions } from 'katex'

type Katex = typeof import('katex').default

/** MathML alone: the page allows no style of its own. Nothing in a formula can load, link or name a class. */
const OPTIONS: KatexOptions = { output: 'mathml', trust: false, throwOnError: false }

let loading: Promise<Katex> | undefined

/** Sets a formula into an element, once the library is there (fetched with the first formula). */
export async function setFormula(element: HTMLElement, tex: string, display: boolean): Promise<void> {
  loading ??= import('katex').then((module) => module.default)
  const katex = await loading
  katex.render(tex, element, { ...OPTIONS, displayMode: display })
}
