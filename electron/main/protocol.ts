import { protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { resolveAsset } from './asset-path.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { APP_HOST, APP_SCHEME } from './page-address.ts'

const protectiveHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer'
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: protectiveHeaders })
}

/** Tells Chromium that app: is a secure origin like https:. Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
    }
  ])
}

/** Serves app://bundle/ from the built page and from nowhere else.
 * @param root folder of the built page; may lie inside the asar */
export function serveApp(root: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET') return refuse(405)
    const { host, pathname } = new URL(request.url)
    const asset = host === APP_HOST ? resolveAsset(root, pathname) : undefined
    if (!asset) return refuse(404)
    try {
      const content = new Uint8Array(await readFile(asset.path))
      return new Response(content, { headers: { ...protectiveHeaders, 'Content-Type': asset.mimeType } })
    } catch {
      return refuse(404)
    }
  })
}
