import { readdirSync, readFileSync } from 'node:fs'

/** How often memory is looked at: a peak that lasts less than this may be missed. */
const EVERY_MS = 50

/** The most memory that a process and all it has started had at once while something was done, in bytes. Of memory that
 * several share each counts its part (the proportional set size, proc(5)), so nothing is counted twice. Linux alone tells it. */
export async function peakMemory(process: number, work: () => Promise<void>): Promise<number> {
  let peak = memoryOf(process)
  const timer = setInterval(() => (peak = Math.max(peak, memoryOf(process))), EVERY_MS)
  try {
    await work()
    return Math.max(peak, memoryOf(process))
  } finally {
    clearInterval(timer)
  }
}

/** Bytes of a process and all it has started. */
function memoryOf(process: number): number {
  return family(process).reduce((sum, one) => sum + 1024 * kibOf(one), 0)
}

/** What has ended meanwhile has none. */
function kibOf(process: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${process}/smaps_rollup`))?.[1] ?? 0)
}

function family(process: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // The name of a program, in brackets, may hold anything.
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${name}/stat`))?.[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const all = [process]
  for (const one of all) all.push(...(children.get(one) ?? []))
  return all
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
