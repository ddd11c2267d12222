import { describe, expect, it } from 'vitest'
import { FileGrants } from '../../../core/engine/file-grants.ts'

describe('a token', () => {
  const grant = { kind: 'grant', token: 'a', path: '/data/x.csv', access: 'read' } as const

  it('stands for the path it was given for, in its direction', async () => {
    const grants = new FileGrants()
    grants.add(grant)
    expect(await grants.path('a', 'read')).toBe('/data/x.csv')
    await expect(grants.path('a', 'write')).rejects.toMatchObject({ data: { code: 'FILE_NOT_GRANTED' } })
  })
  it('may come before the word of what it stands for', async () => {
    const grants = new FileGrants()
    const asked = [grants.path('a', 'read'), grants.path('a', 'read')]
    await new Promise((resolve) => setTimeout(resolve, 5))
    grants.add(grant)
    expect(await Promise.all(asked)).toEqual(['/data/x.csv', '/data/x.csv'])
  })
  it('that nobody speaks for is refused', async () => {
    await expect(new FileGrants().path('b', 'read')).rejects.toMatchObject({ data: { code: 'FILE_NOT_GRANTED' } })
  })
})
