// The dark theme stands twice in renderer/tokens.css, once for the system's wish and once for the person's: this fails
// where the two differ.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError, main, root, say } from './processes.mjs'

const STYLE_SHEET = 'renderer/tokens.css'

/** Declarations of the innermost rules between the dark:begin and dark:end comments, one list a rule. */
function readDarkBlocks(style) {
  const dark = style.match(/\/\* dark:begin[^]*?\*\/([^]*?)\/\* dark:end \*\//)?.[1]
  if (!dark) throw new PlainError(`${STYLE_SHEET} has no dark:begin and dark:end comments.`)
  const declare = (body) =>
    body
      .split(';')
      .map((line) => line.trim().replace(/\s+/g, ' '))
      .filter(Boolean)
  return [...dark.matchAll(/\{([^{}]*)\}/g)].map((rule) => declare(rule[1]))
}

await main(() => {
  const blocks = readDarkBlocks(readFileSync(join(root, STYLE_SHEET), 'utf8'))
  if (blocks.length !== 2) throw new PlainError(`${STYLE_SHEET} has ${blocks.length} dark blocks, not 2.`)
  const [system, chosen] = blocks
  const onlyIn = (a, b) => a.filter((line) => !b.includes(line))
  const differing = [...onlyIn(system, chosen), ...onlyIn(chosen, system)]
  if (differing.length > 0 || system.length !== chosen.length)
    throw new PlainError(`the two dark blocks of ${STYLE_SHEET} differ:\n  ${differing.join('\n  ')}`)
  say(`the two dark blocks agree on ${system.length} declarations`)
  return 0
})
