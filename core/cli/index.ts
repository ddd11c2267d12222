import { EigendeskError, errorCatalogue, placeText, toErrorData } from '../contract/errors.ts'
import type { Command } from './command.ts'
import { convert } from './convert.ts'
import { factorize } from './factorize.ts'
import { inspect } from './inspect.ts'
import { writeJsonObject } from './json-stream.ts'
import { pca } from './pca.ts'
import { prepare } from './prepare.ts'
import { project } from './project.ts'
import { recommend } from './recommend.ts'
import { svd } from './svd.ts'
import { usage } from './usage.ts'
import { Workbench } from './workbench.ts'

const EXIT = { done: 0, user: 1, fault: 2 } as const

const commands: Record<string, Command> = { inspect, convert, prepare, pca, project, svd, factorize, recommend }

/** Words go to stderr; stdout is for the result alone. */
const say = (words: string): void => void process.stderr.write(`${words}\n`)

async function main(words: string[]): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined || name === 'help' || words.includes('--help')) {
    say(usage)
    return name === undefined ? EXIT.user : EXIT.done
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return report(new EigendeskError('USAGE', { reason: `There is no command "${name}".` }))
  let bench: Workbench | undefined
  try {
    bench = new Workbench(say)
    const printout = await command(rest, bench, say)
    if (printout.json) writeJsonObject(printout.entries, (text) => process.stdout.write(text))
    else process.stdout.write(`${printout.words.join('\n')}\n`)
    return EXIT.done
  } catch (thrown) {
    return report(thrown)
  } finally {
    await bench?.close()
  }
}

/** The catalogue's code and text, and the exit code its blame asks for. */
function report(thrown: unknown): number {
  const error = toErrorData(thrown)
  const place = placeText(error.where)
  say(`${error.code}: ${error.message}`)
  if (place !== '') say(place)
  say(error.hint)
  if (error.code === 'INTERNAL' && thrown instanceof Error && thrown.stack) say(thrown.stack)
  return errorCatalogue[error.code].blame === 'user' ? EXIT.user : EXIT.fault
}

/** What became of stdout. Whoever reads it may have had enough ("| head"): that is no error. */
let lost: NodeJS.ErrnoException | undefined
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') lost ??= error
})
const code = await main(process.argv.slice(2))
process.exitCode = lost
  ? report(new EigendeskError('FILE_NOT_WRITABLE', { file: 'stdout', reason: lost.message }))
  : code
