/** A session of an older version: what its result lacks is said where it would stand, and one press fits it again. */
import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { main, tab, treeItem } from './analyst.ts'
import { electronExecutable, expectQuietConsole, launchApp, root, temporaryFolder } from './launch.ts'

test('a result of an older version says what it lacks, and is whole once it is run again', async () => {
  const path = join(await temporaryFolder('older'), 'old.eigendesk')
  const writing = spawnSync(electronExecutable(), [join(root, 'test', 'e2e', 'write-older-session.ts'), path], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8'
  })
  expect(writing.status, writing.stderr).toBe(0)

  const { page, close, console: log } = await launchApp({ files: [path] })
  await treeItem(page, 'PCA').click()
  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA' })).toBeVisible()
  // The file as it was stands beside it.
  expect(existsSync(path.replace('.eigendesk', '.v2.backup.eigendesk'))).toBe(true)

  await test.step('what it has is shown: shares and scores', async () => {
    await expect(main(page).getByText('72.96 %').first()).toBeVisible()
    await tab(page, 'Scores').click()
    await expect(page.getByRole('img', { name: /^Scores of/ })).toBeVisible()
  })

  await test.step('what it lacks is said, in every tab that needs it', async () => {
    const older = main(page).getByText(/^This result was made by an older version, which kept less of it\./)
    for (const name of ['Variables', 'Biplot', 'Diagnostics']) {
      await tab(page, name).click()
      await expect(older).toBeVisible()
    }
    await expect(older).toContainText('T² and the residuals need it.')
  })

  await test.step('run again it takes its place, and has it all', async () => {
    await main(page).getByRole('button', { name: 'Run it again' }).click()
    await expect(page.getByRole('img', { name: /T²/ }).first()).toBeVisible()
    // The dataset, its table, and one result.
    await expect(page.getByRole('treeitem')).toHaveCount(3)
    await tab(page, 'Variables').click()
    await expect(main(page).getByRole('img').first()).toBeVisible()
    await expect(main(page).getByText(/older version/)).toHaveCount(0)
  })

  expectQuietConsole(log)
  await close()
})
