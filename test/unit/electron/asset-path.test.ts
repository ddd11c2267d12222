import { join, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveAsset } from '../../../electron/main/asset-path.ts'

const ROOT = join(sep, 'app', 'out', 'renderer')

describe('the file an address stands for', () => {
  it('is the start page for the root, and its own for the rest, with its type', () => {
    expect(resolveAsset(ROOT, '/')).toEqual({ path: join(ROOT, 'index.html'), mimeType: 'text/html; charset=utf-8' })
    expect(resolveAsset(ROOT, '/assets/index-4a%20b.js')).toEqual({
      path: join(ROOT, 'assets', 'index-4a b.js'),
      mimeType: 'text/javascript; charset=utf-8'
    })
  })

  it.each([
    '/..%2fmain%2findex.js',
    '/assets/..%2f..%2f..%2fsecret.json',
    '/..%5c..%5csecret.json',
    '/C:%5csecret.json',
    '/C:/secret.json',
    '/index.html%00.js',
    '/%E0%A4%A',
    '/assets',
    '/assets/index.js.map',
    '/.npmrc'
  ])('is none for %s', (pathname) => {
    expect(resolveAsset(ROOT, pathname)).toBeUndefined()
  })

  it('never lies outside the folder', () => {
    const part = fc.constantFrom('..', '.', '', '%2e%2e', '%2f', '%5c', '\\', 'a', 'a.js', 'C:', '%00')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const asset = resolveAsset(ROOT, `/${parts.join('/')}`)
        expect(asset === undefined || asset.path.startsWith(ROOT + sep)).toBe(true)
        expect(asset?.path ?? '').not.toContain('..')
      })
    )
  })
})
