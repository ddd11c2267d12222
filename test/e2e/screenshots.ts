import { test, type ElectronApplication, type Page } from '@playwright/test'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectTable, importByDrop, irisFile, main } from './analyst.ts'
import { dropFile, killEngine, launchApp, root, temporaryFolder } from './launch.ts'

const FOLDER = join(root, 'screenshots')
/** The one picture that is kept in the repository. */
const README_PICTURE = join(root, 'docs', 'eigendesk.png')

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 }
]
const themes = ['light', 'dark'] as const

async function resize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
    width,
    height
  ] as const)
}

async function setTheme(app: ElectronApplication, theme: (typeof themes)[number]): Promise<void> {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source
  }, theme)
}

/** A picture of the window once it stands still: two in a row that are equal. */
async function takeSettled(page: Page): Promise<Buffer> {
  let before = await page.screenshot()
  for (let attempt = 0; attempt < 40; attempt++) {
    await page.waitForTimeout(150)
    const now = await page.screenshot()
    if (now.equals(before)) return now
    before = now
  }
  return before
}

/** The view as it is, light and dark, in every size. */
async function takeAll(app: ElectronApplication, page: Page, name: string): Promise<void> {
  for (const { width, height } of sizes) {
    await resize(app, width, height)
    for (const theme of themes) {
      await setTheme(app, theme)
      await writeFile(join(FOLDER, `${name}-${width}x${height}-${theme}.png`), await takeSettled(page))
    }
  }
}

/** Every tab of the analysis that is about to come in sight: until its own tab is there, another may be. */
async function takeTabs(app: ElectronApplication, page: Page, analysis: string, own: string): Promise<void> {
  const tabs = page.getByRole('main').getByRole('tab')
  await tabs.filter({ hasText: own }).waitFor()
  for (const label of await tabs.allInnerTexts()) {
    await page.getByRole('main').getByRole('tab', { name: label, exact: true }).click()
    await takeAll(app, page, `${analysis}-${label.trim().toLowerCase().replace(/\W+/g, '-')}`)
  }
}

test('pictures of every view', async () => {
  await mkdir(FOLDER, { recursive: true })
  await mkdir(join(root, 'docs'), { recursive: true })
  const { app, page, close } = await launchApp()
  try {
    await page.getByRole('heading', { name: 'Open a table' }).waitFor()
    await takeAll(app, page, 'start')

    await page.getByRole('button', { name: /^4 users × 5 movies/ }).click()
    await takeTabs(app, page, 'factorization', 'Map')

    await page.keyboard.press('Control+K')
    await takeAll(app, page, 'palette')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('Add a dataset')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Fisher’s iris/ }).click()
    await takeTabs(app, page, 'pca', 'Variables')

    await page.keyboard.press('Control+N')
    await page.getByRole('dialog').waitFor()
    await takeAll(app, page, 'new-analysis')
    await page.keyboard.press('Escape')

    await page.keyboard.press('Shift+?')
    await page.getByRole('dialog').waitFor()
    await takeAll(app, page, 'shortcuts')
    await page.keyboard.press('Escape')

    await page.getByRole('treeitem').filter({ hasText: /iris/ }).first().click()
    await page.getByRole('grid').or(page.getByRole('table')).first().waitFor()
    await takeAll(app, page, 'table')
    for (const label of ['Columns', 'Correlations']) {
      await page.getByRole('main').getByRole('tab', { name: label, exact: true }).click()
      await takeAll(app, page, label.toLowerCase())
    }
  } finally {
    await close()
  }
  await copyFile(join(FOLDER, 'pca-overview-1280x800-light.png'), README_PICTURE)
})

test('pictures of the import preview', async () => {
  const { app, page, close } = await launchApp({ files: [irisFile] })
  try {
    await page.getByRole('button', { name: /^Import/ }).waitFor()
    await takeAll(app, page, 'import')
  } finally {
    await close()
  }
})

/** A file with a title above, a total below, a letter in a number, a field too many and dates of either order. */
async function writeFieldBook(folder: string): Promise<string> {
  const path = join(folder, 'field book.csv')
  const day = (i: number): string => `0${1 + (i % 9)}/0${1 + (i % 8)}/2023`
  const rows = Array.from({ length: 120 }, (_, i) => `${i + 1};${i % 17 === 5 ? '' : `${10 + (i % 7)},5`};${day(i)}`)
  rows[30] = '31;19O;01/02/2023'
  rows[70] = '71;12,5;03/04/2023;and one more'
  await writeFile(path, `Field book of 2023\n\nplot;length;day\n${rows.join('\n')}\nTotal: 120 plots\n`)
  return path
}

test('pictures of problems, preparing, exporting, checkpoints and recovery', async () => {
  const folder = await temporaryFolder('pictures')
  const { app, page, close } = await launchApp()
  const dialog = page.getByRole('dialog')
  const leave = async (): Promise<void> => {
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
  try {
    await page.getByText('Engine ready').waitFor()
    await dropFile(page, await writeFieldBook(folder), 'main')
    await page.getByRole('button', { name: /^Import \S+ rows$/ }).waitFor()
    await takeAll(app, page, 'import-problems')
    await page.getByRole('button', { name: /^Import \S+ rows$/ }).click()
    await expectTable(page, 'field book')
    await main(page)
      .getByRole('button', { name: /\d problem/ })
      .click()
    await dialog.waitFor()
    await takeAll(app, page, 'problems')
    await leave()

    await main(page).getByRole('button', { name: 'Prepare…' }).click()
    for (const step of ['Fill missing cells', 'Filter rows']) {
      await dialog.getByRole('button', { name: 'Add a step' }).click()
      await page.getByRole('menuitem', { name: step }).click()
    }
    await takeAll(app, page, 'prepare')
    await leave()
    await page.keyboard.press('Control+E')
    await dialog.waitFor()
    await takeAll(app, page, 'export')
    await leave()
    await page.keyboard.press('Control+K')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('save a checkpoint')
    await page.keyboard.press('Enter')
    await dialog.getByRole('textbox', { name: 'Name of a new checkpoint' }).fill('before the filter')
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: /^Revert/ }).waitFor()
    await takeAll(app, page, 'checkpoints')
    await leave()

    await importByDrop(page, irisFile)
    await killEngine(app)
    await page.getByRole('region', { name: 'Notices' }).waitFor()
    await page.getByText('Engine ready').waitFor()
    await takeAll(app, page, 'recovery')
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
