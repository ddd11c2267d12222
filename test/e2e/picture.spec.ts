import { expect, test } from '@playwright/test'
import { encode } from 'fast-png'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importByDrop, main, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, temporaryFolder } from './launch.ts'

const [WIDTH, HEIGHT] = [96, 64]

/** A disc before a sky that fades: in colour, and of no low rank. */
function paint(): Uint8Array {
  const data = new Uint8Array(WIDTH * HEIGHT * 3)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const inside = (x - 60) ** 2 + (y - 30) ** 2 < 18 ** 2
      data.set(inside ? [235, 180, 60] : [40 + y, 90 + x, 200 - y], 3 * (y * WIDTH + x))
    }
  }
  return encode({ width: WIDTH, height: HEIGHT, channels: 3, data })
}

/** Issue 6, low rank, seen: an image file as a picture. */
test('a picture is opened, decomposed, and comes back with more factors', async () => {
  const folder = await temporaryFolder('picture')
  const path = join(folder, 'disc.png')
  await writeFile(path, paint())
  const { page, close, console: log } = await launchApp({ userDataDir: folder })
  try {
    await importByDrop(page, path)
    await page.keyboard.press('Control+n')
    const dialog = page.getByRole('dialog', { name: 'New analysis' })
    // Pixels suggest the decomposition that keeps them as they stand.
    await expect(dialog.getByRole('combobox', { name: 'Matrix from' })).toHaveValue('columns')
    await dialog.getByRole('textbox', { name: 'Factors' }).fill('64')
    await dialog.getByRole('button', { name: 'Run' }).click()
    await tab(page, 'Low rank').click()
    const slider = main(page).getByRole('slider', { name: 'Rank k' })
    await slider.fill('2')
    const picture = main(page).getByRole('img', { name: /^Rank 2: Aₖ.*: 64 by 96 pixels/ })
    await expect(picture).toBeVisible()
    const sky = async (): Promise<number[]> =>
      main(page)
        .getByRole('img', { name: /^Rank \d+: Aₖ/ })
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => [...canvas.getContext('2d')!.getImageData(60, 30, 1, 1).data])
    const rough = await sky()
    await slider.fill('64')
    await expect(main(page).getByRole('img', { name: /^Rank 64: Aₖ/ })).toBeVisible()
    // The middle of the disc, exactly; two factors are far from it.
    await expect.poll(sky).toEqual([235, 180, 60, 255])
    expect(Math.abs(rough[2]! - 60)).toBeGreaterThan(10)
    expectQuietConsole(log)
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true })
  }
})
