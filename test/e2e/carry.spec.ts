/** Carrying a factorization away: lists, predictions for other pairs, the model, a script that scores, the report. */
import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportAs, importByDrop, main, moviesFile, openSample, treeItem } from './analyst.ts'
import { expectQuietConsole, launchApp, stubSaveDialog, temporaryFolder } from './launch.ts'

const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import numpy']).status === 0
)

/** "User 1 Shrek" for each 1 of a matrix. */
function likesOf(csv: string): string[] {
  const [[, ...films] = [], ...rows] = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  return rows.flatMap(([user, ...cells]) => films.filter((_, k) => cells[k] === '1').map((film) => `${user} ${film}`))
}

test('lists, predictions, the model, a script and a report of the 4 × 5 sample', async () => {
  const { app, page, close, console: log } = await launchApp()
  const folder = await temporaryFolder('carried')
  const save = async (name: string): Promise<string> => {
    await stubSaveDialog(app, join(folder, name))
    return join(folder, name)
  }
  const model = 'Weighted ALS, 2 factors'
  await openSample(page, /^4 users × 5 movies/, model)

  await test.step('a list for each user of what is not there yet', async () => {
    await exportAs(page, 'Recommendations…')
    const dialog = page.getByRole('dialog', { name: 'Export recommendations' })
    await expect(dialog.getByLabel('Users')).toHaveValue('all')
    await dialog.getByLabel('Items for each').fill('0')
    await expect(dialog.getByText('1 to 1,000')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Export 4 lists…' })).toBeDisabled()
    await dialog.getByLabel('Items for each').fill('2')
    const path = await save('lists.csv')
    await dialog.getByRole('button', { name: 'Export 4 lists…' }).click()
    await expect(page.getByText('Saved lists.csv')).toBeVisible()
    const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\r\n')
    expect(head).toBe('user,rank,item,score')
    const liked = likesOf(readFileSync(moviesFile, 'utf8'))
    const listed = lines.map((line) => line.split(','))
    // Each of the four has at least two of the five films not.
    expect(listed.map(([user, rank]) => `${user} ${rank}`)).toEqual(
      [1, 2, 3, 4].flatMap((user) => [1, 2].map((rank) => `User ${user} ${rank}`))
    )
    for (const [user, , item] of listed) expect(liked).not.toContain(`${user} ${item}`)
  })

  await test.step('the model', async () => {
    const path = await save('model.json')
    await exportAs(page, 'Model as JSON')
    await expect(page.getByText('Saved model.json')).toBeVisible()
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ kind: 'factorization', method: 'wals' })
  })

  await test.step('a script that scores as the app does', async () => {
    const path = await save('score.py')
    await exportAs(page, 'Python script that scores')
    await expect(page.getByText('Saved score.py')).toBeVisible()
    expect(readFileSync(path, 'utf8')).toContain('score-model.npz')
    if (python === undefined) return
    const { status, stderr } = spawnSync(python, [path], { cwd: folder, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  await test.step('LIBMF’s form and the report', async () => {
    const libmf = await save('libmf.txt')
    await exportAs(page, 'Model for LIBMF')
    await expect(page.getByText('Saved libmf.txt')).toBeVisible()
    expect(readFileSync(libmf, 'utf8')).toMatch(/^f 0\nm 4\nn 5\nk 2\n/)
    const report = await save('report.html')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Report as a web page')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Saved report.html')).toBeVisible()
    expect(readFileSync(report, 'utf8')).toContain(model)
  })

  await test.step('other pairs are predicted, and who is unknown is counted', async () => {
    const pairs = join(folder, 'pairs.csv')
    writeFileSync(pairs, 'who,film\nUser 1,Shrek\nUser 9,Shrek\nUser 2,Memento\nUser 2,Nowhere\nUser 9,Nowhere\n')
    await importByDrop(page, pairs)
    await treeItem(page, model).click()
    await exportAs(page, 'Predictions for a table…')
    const dialog = page.getByRole('dialog', { name: 'Predict a table of pairs' })
    await expect(dialog.getByLabel('Users')).toHaveValue('who')
    await expect(dialog.getByLabel('Items')).toHaveValue('film')
    const path = await save('predicted.csv')
    await dialog.getByRole('button', { name: 'Predict 5 rows…' }).click()
    await expect(dialog.getByRole('status')).toContainText(
      '2 rows name a user the model does not know, 2 rows name an item the model does not know.'
    )
    const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\r\n')
    expect(head).toBe('who,film,predicted,known')
    expect(lines.map((line) => line.split(',')[3])).toEqual([
      'user and item',
      'item only',
      'user and item',
      'user only',
      'neither'
    ])
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(main(page).getByRole('heading', { level: 1, name: model })).toBeVisible()
  })
  expectQuietConsole(log)
  await close()
  await rm(folder, { recursive: true, force: true })
})
