import { app } from 'electron'
import { z } from 'zod'
import { fileArguments } from './file-arguments.ts'

const arrivalSchema = z.object({ files: z.array(z.string().min(1)) })

/** Files handed to the app from outside: its own arguments, those of a second start, a double click on a Mac. */
export interface Arrivals {
  /** Takes what has come so far, and from now on everything that comes. A second start without files hands over []. */
  listen: (onFiles: (paths: string[]) => void) => void
}

/** Claims to be the only instance for this user-data folder.
 * @returns undefined where another one runs; it has been given this one's files */
export function claimArrivals(): Arrivals | undefined {
  const files = fileArguments(process.argv, process.cwd(), process.defaultApp)
  if (!app.requestSingleInstanceLock({ files })) return undefined

  let waiting = files
  let deliver = (paths: string[]): void => {
    waiting = [...waiting, ...paths]
  }
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const arrival = arrivalSchema.safeParse(data)
    deliver(arrival.success ? arrival.data.files : [])
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    deliver([path])
  })
  return {
    listen: (onFiles) => {
      deliver = onFiles
      if (waiting.length > 0) onFiles(waiting)
      waiting = []
    }
  }
}
