import type { Host } from '../core/contract/host.ts'

declare global {
  interface Window {
    host: Host
  }
}
