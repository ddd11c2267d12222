import { extname, join, sep } from 'node:path'

/** The kinds of file the build makes for the page; nothing else is served. */
const mimeTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2'
}

export interface Asset {
  path: string
  mimeType: string
}

/** The file an address of the page stands for.
 * @param root folder of the built page
 * @param pathname path of the address, still percent-encoded
 * @returns undefined where the address leaves the folder, cannot be decoded, or names a kind that is not served */
export function resolveAsset(root: string, pathname: string): Asset | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname === '/' ? '/index.html' : pathname)
  } catch {
    return undefined
  }
  // URL parsers fold "..", but not an encoded slash, a backslash or a drive letter.
  if (/[\\:\0]/.test(decoded) || decoded.split('/').includes('..')) return undefined
  const path = join(root, decoded)
  const mimeType = mimeTypes[extname(path).toLowerCase()]
  if (!path.startsWith(root + sep) || mimeType === undefined) return undefined
  return { path, mimeType }
}
