import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import type { Grant } from '../../core/contract/wire.ts'
import { engineReportSchema, type Beginning, type EngineMessage, type OpenSession } from '../engine/messages.ts'
import { createRestartPolicy } from './restart-policy.ts'

export const ENGINE_SERVICE_NAME = 'Eigendesk engine'

/** An engine that does not end by itself is killed after this long; what had finished is in SQLite. */
const CLOSE_TIMEOUT_MS = 2000

export interface EngineProcessOptions {
  /** script of the engine process */
  entry: string
  userDataDir: string
  resourcesDir: string
  /** the session it begins with, asked each time it starts */
  beginning: () => Beginning
  /** the files granted so far, told to an engine that starts again */
  grants: () => Grant[]
  onSession: (open: OpenSession) => void
  /** a session asked for is open in another place */
  onBusy: (path: string) => void
  /** sessions that windows held when the app was killed, besides the one it begins with */
  onLeftOpen: (paths: string[]) => void
  onStopped: () => void
  onRestarted: () => void
  onGivenUp: () => void
}

export interface EngineProcess {
  grant: (grant: Grant) => void
  /** A new channel to the engine: the page's end of it. undefined while no engine runs. */
  openPort: () => MessagePortMain | undefined
  /** Asks the engine to end and waits until it has. */
  close: () => Promise<void>
}

/** Starts the engine and keeps one running until close() or until it crashes too often. */
export function superviseEngine(options: EngineProcessOptions): EngineProcess {
  const restarts = createRestartPolicy()
  let child: UtilityProcess | undefined
  let closing = false

  const say = (message: EngineMessage, ports?: MessagePortMain[]): void => child?.postMessage(message, ports)

  function start(): void {
    const { entry, userDataDir, resourcesDir } = options
    const started = utilityProcess.fork(entry, [], { serviceName: ENGINE_SERVICE_NAME, stdio: 'inherit' })
    child = started
    started.once('exit', onExit)
    started.on('message', hear)
    say({ kind: 'start', userDataDir, resourcesDir, beginning: options.beginning() })
    for (const grant of options.grants()) say(grant)
  }

  function hear(message: unknown): void {
    const report = engineReportSchema.parse(message)
    if (report.kind === 'busy') options.onBusy(report.path)
    else if (report.kind === 'left-open') options.onLeftOpen(report.paths)
    else options.onSession({ path: report.path, isEmpty: report.isEmpty })
  }

  function onExit(): void {
    child = undefined
    if (closing) return
    options.onStopped()
    const delay = restarts.nextDelay(Date.now())
    if (delay === undefined) options.onGivenUp()
    else setTimeout(restart, delay)
  }

  function restart(): void {
    if (closing) return
    start()
    options.onRestarted()
  }

  start()
  return {
    grant: say,
    openPort: () => {
      if (!child) return undefined
      const { port1, port2 } = new MessageChannelMain()
      say({ kind: 'port' }, [port1])
      return port2
    },
    close: async () => {
      closing = true
      const ending = child
      if (!ending) return
      const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
      say({ kind: 'close' })
      const timeout = setTimeout(() => ending.kill(), CLOSE_TIMEOUT_MS)
      await ended
      clearTimeout(timeout)
    }
  }
}
