import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineEvent } from '../../../core/contract/calls.ts'
import { describeError } from '../../../core/contract/errors.ts'
import { ENGINE_PORT_MESSAGE } from '../../../core/contract/host.ts'
import type { Reply, Request } from '../../../core/contract/wire.ts'

type Api = typeof import('../../../renderer/app/api.ts')

/** The engine's end of a port: keeps what it is asked and answers when told to. */
class FakeEngine {
  readonly asked: Request[] = []
  closed = false
  readonly #port: MessagePort
  readonly forPage: MessagePort

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.forPage = port2
    port1.onmessage = (event: MessageEvent<Request>) => this.asked.push(event.data)
    port1.addEventListener('close', () => (this.closed = true))
  }

  send(reply: Reply): void {
    this.#port.postMessage(reply)
  }

  async nextRequest(count = 1): Promise<Request> {
    await vi.waitFor(() => expect(this.asked.length).toBeGreaterThanOrEqual(count))
    return this.asked[count - 1]!
  }

  close(): void {
    this.#port.close()
  }
}

let api: Api
let receive: (message: { data: unknown; source: unknown; ports: MessagePort[] }) => void
let engines: FakeEngine[]
const connect = vi.fn()
const onConnect = vi.fn()

/** A new engine whose port main has just handed over. */
function handOver(): FakeEngine {
  const engine = new FakeEngine()
  engines.push(engine)
  receive({ data: { kind: ENGINE_PORT_MESSAGE }, source: window, ports: [engine.forPage] })
  return engine
}

/** Long enough for a message to go both ways, were there one. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

/** A call whose end is kept, so that a rejection nobody has looked at yet is no accident. */
function start(): { answer: Promise<unknown>; state: () => string } {
  let state = 'waiting'
  const answer = api.call('recent.list', {})
  answer.then(
    () => (state = 'answered'),
    () => (state = 'failed')
  )
  return { answer, state: () => state }
}

beforeEach(async () => {
  vi.resetModules()
  vi.clearAllMocks()
  engines = []
  vi.stubGlobal('window', {
    host: { connect },
    addEventListener: (_: 'message', listener: typeof receive) => (receive = listener)
  })
  api = await import('../../../renderer/app/api.ts')
  api.listenForEngine(onConnect)
})

afterEach(() => {
  for (const engine of engines) engine.close()
  vi.unstubAllGlobals()
})

describe('calls', () => {
  it('wait for the first port and carry their answers to the right caller', async () => {
    expect(connect).toHaveBeenCalledOnce()
    const first = api.call('recent.list', {})
    const second = api.call('setting.get', { key: 'theme' })
    const engine = handOver()
    expect(onConnect).toHaveBeenCalledOnce()
    await engine.nextRequest(2)
    expect(engine.asked.map(({ call, params }) => [call, params])).toEqual([
      ['recent.list', {}],
      ['setting.get', { key: 'theme' }]
    ])
    const [one, two] = engine.asked as [Request, Request]
    engine.send({ id: two.id, ok: true, result: { value: 'dark' } })
    engine.send({ id: one.id, ok: true, result: [] })
    expect(await second).toEqual({ value: 'dark' })
    expect(await first).toEqual([])
  })

  it('fail with the error the engine sent', async () => {
    const engine = handOver()
    const { answer } = start()
    const error = describeError('FILE_NOT_FOUND', { file: 'iris.csv' })
    engine.send({ id: (await engine.nextRequest()).id, ok: false, error })
    await expect(answer).rejects.toMatchObject({ name: 'EigendeskError', message: error.message, data: error })
  })

  it('send plain copies of state proxies, typed arrays as they are', async () => {
    const engine = handOver()
    // structuredClone, which a port uses, refuses a Proxy.
    const proxy = <T extends object>(value: T): T => new Proxy(value, {})
    void api.call('analysis.run', { datasetId: 'd', kind: 'pca', params: proxy({ columns: proxy(['a', 'b']) }) })
    void api.call('export.figure', { file: 'f', data: Uint8Array.of(1, 2) })
    await engine.nextRequest(2)
    expect(engine.asked[0]!.params).toEqual({ datasetId: 'd', kind: 'pca', params: { columns: ['a', 'b'] } })
    expect(engine.asked[1]!.params).toEqual({ file: 'f', data: Uint8Array.of(1, 2) })
  })

  it('take no notice of an answer to nobody', async () => {
    const engine = handOver()
    engine.send({ id: 999, ok: true, result: null })
    const { answer } = start()
    engine.send({ id: (await engine.nextRequest()).id, ok: true, result: [] })
    expect(await answer).toEqual([])
  })
})

describe('the port', () => {
  it('comes from this window, under its name, or not at all', async () => {
    const stranger = new FakeEngine()
    engines.push(stranger)
    receive({ data: { kind: ENGINE_PORT_MESSAGE }, source: {}, ports: [stranger.forPage] })
    receive({ data: { kind: 'other' }, source: window, ports: [stranger.forPage] })
    receive({ data: null, source: window, ports: [stranger.forPage] })
    receive({ data: { kind: ENGINE_PORT_MESSAGE }, source: window, ports: [] })
    expect(onConnect).not.toHaveBeenCalled()
    const { answer } = start()
    await settle()
    expect(stranger.asked).toEqual([])
    const engine = handOver()
    engine.send({ id: (await engine.nextRequest()).id, ok: true, result: [] })
    expect(await answer).toEqual([])
  })

  it('is closed when another takes its place', async () => {
    const stale = handOver()
    const engine = handOver()
    await vi.waitFor(() => expect(stale.closed).toBe(true))
    expect(engine.closed).toBe(false)
    expect(onConnect).toHaveBeenCalledTimes(2)
    start()
    await engine.nextRequest()
    expect(stale.asked).toEqual([])
  })
})

describe('when the engine stops', () => {
  it('calls under way fail, later ones wait for the new port', async () => {
    const stale = handOver()
    const before = [start(), start()]
    await stale.nextRequest(2)
    api.engineStopped()
    for (const { answer } of before) await expect(answer).rejects.toMatchObject({ data: { code: 'ENGINE_STOPPED' } })
    const later = start()
    await settle()
    expect(stale.asked).toHaveLength(2)
    expect(stale.closed).toBe(true)
    expect(later.state()).toBe('waiting')
    const engine = handOver()
    const request = await engine.nextRequest()
    expect(stale.asked.map(({ id }) => id)).not.toContain(request.id)
    engine.send({ id: request.id, ok: true, result: [] })
    expect(await later.answer).toEqual([])
  })

  it('again before it is back, those that wait go on waiting and are answered', async () => {
    handOver()
    api.engineStopped()
    const between = start()
    await settle()
    api.engineStopped()
    await settle()
    expect(between.state()).toBe('waiting')
    const engine = handOver()
    engine.send({ id: (await engine.nextRequest()).id, ok: true, result: [] })
    expect(await between.answer).toEqual([])
  })

  it('in the same breath as a call, the call is not sent to the port that is gone', async () => {
    const stale = handOver()
    api.engineStopped()
    const later = start()
    const engine = handOver()
    api.engineStopped()
    await settle()
    expect(stale.asked).toEqual([])
    expect(engine.asked).toEqual([])
    const next = handOver()
    next.send({ id: (await next.nextRequest()).id, ok: true, result: [] })
    expect(await later.answer).toEqual([])
  })
})

describe('events', () => {
  const changed: EngineEvent = { event: 'session.changed' }

  it('reach every listener until it stops listening, from each engine in turn', async () => {
    const kept = vi.fn()
    const left = vi.fn()
    api.onEngineEvent(kept)
    const stop = api.onEngineEvent(left)
    handOver().send(changed)
    await vi.waitFor(() => expect(kept).toHaveBeenCalledWith(changed))
    expect(left).toHaveBeenCalledOnce()
    stop()
    api.engineStopped()
    handOver().send(changed)
    await vi.waitFor(() => expect(kept).toHaveBeenCalledTimes(2))
    expect(left).toHaveBeenCalledOnce()
  })
})
