import type { MessagePortMain } from 'electron'
import type { EnginePort } from '../../core/contract/wire.ts'
import { createEngine } from '../../core/engine/engine.ts'
import { engineMessageSchema, type EngineReport } from './messages.ts'

/** Entry of the engine process: carries main's messages to the engine and nothing else. */
let engine: ReturnType<typeof createEngine> | undefined

const report = (message: EngineReport): void => process.parentPort.postMessage(message)

function adaptPort(port: MessagePortMain): EnginePort {
  return {
    post: (reply) => port.postMessage(reply),
    onRequest: (listener) => {
      port.on('message', (message) => listener(message.data))
      port.start()
    },
    onClose: (listener) => port.on('close', listener)
  }
}

async function close(): Promise<never> {
  await engine?.close()
  process.exit(0)
}

process.parentPort.on('message', ({ data, ports }) => {
  const message = engineMessageSchema.parse(data)
  if (message.kind === 'start') {
    const { userDataDir, resourcesDir, beginning } = message
    engine = createEngine({
      userDataDir,
      resourcesDir,
      computeUrl: new URL('./compute.js', import.meta.url),
      beginning,
      onSession: (open) => report({ kind: 'session', ...open }),
      onBusy: (path) => report({ kind: 'busy', path }),
      onLeftOpen: (paths) => report({ kind: 'left-open', paths })
    })
    return
  }
  if (message.kind === 'close') return void close()
  if (!engine) throw new Error(`The engine was sent "${message.kind}" before "start".`)
  if (message.kind === 'grant') return engine.grant(message)
  const [port] = ports
  if (!port) throw new Error('A port message came without a port.')
  engine.attach(adaptPort(port))
})
