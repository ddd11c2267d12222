import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Printout } from '../../../core/cli/command.ts'
import { project } from '../../../core/cli/project.ts'
import { svd } from '../../../core/cli/svd.ts'
import { Workbench } from '../../../core/cli/workbench.ts'

const sentences = resolve(import.meta.dirname, '../../e2e/three-themes.csv')

let folder: string
let bench: Workbench
const said: string[] = []
const say = (words: string): void => void said.push(words)
const at = (name: string): string => join(folder, name)
const jsonOf = ({ entries }: Printout, name: string): unknown => {
  const found = entries.find(([key]) => key === name)![1]
  return 'json' in found ? found.json : undefined
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'svd-carry-'))
  bench = new Workbench(() => undefined, new URL('../../../core/engine/compute.ts', import.meta.url))
})
afterAll(async () => {
  await bench.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a column of text is carried away in one command, and new texts are placed from its file', async () => {
  const files = ['--model', at('model.npz'), '--script', at('again.py'), '--report', at('report.html')]
  await svd([sentences, '--text', 'sentence', '--factors', '4', ...files], bench, say)
  expect(readFileSync(at('again.py'), 'utf8')).toContain('again-model.npz')
  expect(readFileSync(at('report.html'), 'utf8')).toContain('<dt>Language</dt><dd>English</dd>')

  const texts = at('texts.csv')
  writeFileSync(texts, 'sentence\nThe telescope found a faint galaxy\nxyzzy plugh\n')
  const placed = await project([texts, '--model', at('model.npz'), '--out', at('placed.csv')], bench, say)
  expect(jsonOf(placed, 'kind')).toBe('svd')
  expect(jsonOf(placed, 'unknown')).toBe(2)
  expect(placed.words).toEqual(['2 rows placed on 4 factors of Latent semantics, 4 factors.'])
  const [head, first, second] = readFileSync(at('placed.csv'), 'utf8').split(/\r?\n/)
  expect(head).toBe('table row,row,factor 1,factor 2,factor 3,factor 4,cos²')
  expect(first).toMatch(/^1,The telescope found a faint galaxy,0\.\d+,/)
  // No word of it is known: it lies at the origin, and there is no share of nothing.
  expect(second).toBe('2,xyzzy plugh,0,0,0,0,')
})

describe('texts of every kind', () => {
  /** Fits texts, and gives the terms and what was said. */
  async function fit(texts: string[], ...options: string[]): Promise<Printout> {
    const path = at('documents.csv')
    writeFileSync(path, `id,text\n${texts.map((text, i) => `${i + 1},"${text}"`).join('\n')}\n`)
    return svd([path, '--text', 'text', '--factors', '2', ...options], bench, say)
  }

  it('one document has one factor, and it is said', async () => {
    const one = await fit(['a telescope sees a faint galaxy'])
    expect(jsonOf(one, 'nFactors')).toBe(1)
    expect(jsonOf(one, 'notes')).toEqual(['2 factors were asked for; this matrix has at most 1.'])
  })

  it.each([
    ['ja', ['東京で寿司を食べました', '京都で寿司を食べました'], ['寿司', '東京', '京都']],
    ['th', ['ฉันกินข้าวที่บ้าน', 'เขากินข้าวที่โรงเรียน'], ['กิน', 'ข้าว', 'บ้าน', 'โรงเรียน']],
    ['zh', ['我们在北京学习中文', '他们在上海学习英文'], ['北京', '上海', '学习']]
  ])('words of a language without spaces are told apart: %s', async (language, texts, words) => {
    expect(jsonOf(await fit(texts, '--language', language), 'columns')).toEqual(expect.arrayContaining(words))
  })

  it('empty strings and blanks have no term, and the line is named', async () => {
    await expect(fit(['', '  '])).rejects.toMatchObject({ data: { code: 'NO_TERMS', where: { line: 2 } } })
  })
})

test('options that cannot be followed are refused before anything is read', async () => {
  for (const words of [
    ['--model', 'model.csv'],
    ['--script', 'again.R']
  ]) {
    await expect(svd([at('none.csv'), ...words], bench, say)).rejects.toMatchObject({ data: { code: 'USAGE' } })
  }
})
