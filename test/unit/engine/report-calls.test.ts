import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, repository, temporaryFolder } from './open-engine.ts'

async function reportOf(client: LocalClient, path: string, params: Record<string, unknown>): Promise<string> {
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const imported = await client.call('import.commit', { file, name: 'table', dialect, columns: null, ragged })
  const datasetId = (await client.finish(imported.jobId)).datasetId!
  const { jobId } = await client.call('analysis.run', { datasetId, kind: 'pca', params })
  const analysisId = (await client.finish(jobId)).analysisId!
  return (await client.call('report.make', { analysisId })).html
}

const iris = join(repository, 'resources', 'samples', 'iris.csv')

describe('the report of a PCA', () => {
  it('says where the data came from, every parameter, the numbers, how exact they are and what was computed', async () => {
    const { engine, client } = openEngine(temporaryFolder())
    const html = await reportOf(client, iris, { scale: 'unit', seed: 7 })
    await engine.close()
    expect(html).toContain('<title>PCA, unit variance: table</title>')
    expect(html).toMatch(/<dt>SHA-256<\/dt><dd>[0-9a-f]{64}<\/dd>/)
    expect(html).toContain('<dt>Seed</dt><dd>7</dd>')
    // Eigenvalues of the correlation matrix of iris: 2.9185, 0.9140, 0.1468, 0.0207 (R, prcomp).
    for (const value of ['2.9185', '0.9140', '0.1468', '0.0207']) expect(html).toContain(`>${value}</td>`)
    expect(html).toContain('72.96')
    expect(html).toContain('setosa 50')
    expect(html).toContain('below 10 is as good as LAPACK')
    expect(html.match(/<svg /g)).toHaveLength(3)
    expect(html.match(/<math /g)!.length).toBeGreaterThan(4)
    expect(html).toContain('from sklearn.decomposition import PCA')
    // It needs nothing else.
    expect(html).not.toMatch(/<(?:script|link|iframe|img)\b/)
    expect(html).not.toMatch(/(?:src|href)="/)
  })

  it('is the same to the byte in another session, at another time', async () => {
    const texts: string[] = []
    for (let run = 0; run < 2; run++) {
      const { engine, client } = openEngine(temporaryFolder())
      texts.push(await reportOf(client, iris, { scale: 'none' }))
      await engine.close()
    }
    expect(texts[0]).toBe(texts[1])
  })

  it('takes what is awkward: one column, more columns than rows, names that are HTML, missing cells', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const write = (name: string, text: string): string => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const one = await reportOf(client, write('one.csv', 'x\n1.5\n2.5\n4\n'), {})
    expect(one).toContain('PC1')
    const wide = write('wide.csv', 'a,b,c,d,e\n1,2,3,5,9\n2,1,8,4,4\n5,5,1,2,1\n')
    expect(await reportOf(client, wide, { centre: 'none' })).toContain('nothing was centred')
    // Nine groups, of which seven have a colour: the two that have one row each are one.
    const groups = Array.from(
      { length: 40 },
      (_, i) => `${(i * 5) % 17},${(i * 7) % 11},${i < 2 ? `rare${i}` : `g${i % 7}`}`
    )
    const many = await reportOf(client, write('many.csv', `x,y,group\n${groups.join('\n')}\n`), {})
    expect(many).toContain('>g6 ')
    expect(many).toContain('>other or missing 2<')
    const odd = write('odd.csv', '<b>x</b>,y\n1,2.5\n2,\n4,1\n8,7\n')
    const html = await reportOf(client, odd, { missing: 'mean' })
    expect(html).toContain('&lt;b&gt;x&lt;/b&gt;')
    expect(html).not.toContain('<b>x')
    for (const text of [one, html]) expect(text).not.toMatch(/[">,(]-?(?:NaN|Infinity|undefined)/)
    await engine.close()
  })
})

describe('the report of a factorization', () => {
  it('says the protocol, every figure beside the baselines, and the ends of the factors', async () => {
    const { engine, client } = openEngine(temporaryFolder())
    const opened = await client.call('sample.open', { sample: 'four-by-five' })
    const { datasetId } = await client.finish(opened.jobId)
    const report = async (params: Record<string, unknown>): Promise<string> => {
      const { jobId } = await client.call('analysis.run', { datasetId: datasetId!, kind: 'factorization', params })
      const { analysisId } = await client.finish(jobId)
      return (await client.call('report.make', { analysisId: analysisId! })).html
    }
    const html = await report({ seed: 5 })
    expect(html).toContain('<dt>Seed</dt><dd>5</dd>')
    expect(html).toContain('<dt>Users × items</dt><dd>4 × 5</dd>')
    expect(html).toContain('none: nothing was held out')
    expect(html).toContain('Errors on training ratings flatter a model.')
    expect(html).toContain('The Triplets of Belleville')
    expect(html.match(/<svg /g)).toHaveLength(1)
    const popular = await report({ method: 'popularity', testFraction: 0.2 })
    expect(popular).not.toContain('<h2>Factors</h2>')
    for (const page of [html, popular]) expect(page).not.toMatch(/>(?:NaN|undefined|Infinity)</)
    await engine.close()
  })
})
