import { afterEach, describe, expect, it, vi } from 'vitest'
import { matchesShortcut, shortcutKeys, shortcutText } from '../../../renderer/ui/shortcut.ts'

const press = (key: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held }) as KeyboardEvent

const on = (platform: string): void => {
  vi.stubGlobal('window', { host: { platform } })
}

afterEach(() => vi.unstubAllGlobals())

describe('matchesShortcut', () => {
  it('wants exactly the keys it names', () => {
    expect(matchesShortcut(press('k', { ctrlKey: true }), 'Ctrl K')).toBe(true)
    expect(matchesShortcut(press('k'), 'Ctrl K')).toBe(false)
    expect(matchesShortcut(press('j', { ctrlKey: true }), 'Ctrl K')).toBe(false)
    expect(matchesShortcut(press('K', { ctrlKey: true, shiftKey: true }), 'Ctrl K')).toBe(false)
    // AltGr is Ctrl and Alt on Windows: it writes a sign.
    expect(matchesShortcut(press('k', { ctrlKey: true, altKey: true }), 'Ctrl K')).toBe(false)
    expect(matchesShortcut(press('F6'), 'F6')).toBe(true)
    expect(matchesShortcut(press('F6', { ctrlKey: true }), 'F6')).toBe(false)
    expect(matchesShortcut(press('Enter', { ctrlKey: true }), 'Ctrl Enter')).toBe(true)
  })

  it('tells Ctrl I from Ctrl Shift I', () => {
    const plain = press('i', { ctrlKey: true })
    const shifted = press('I', { ctrlKey: true, shiftKey: true })
    expect([plain, shifted].map((event) => matchesShortcut(event, 'Ctrl I'))).toEqual([true, false])
    expect([plain, shifted].map((event) => matchesShortcut(event, 'Ctrl Shift I'))).toEqual([false, true])
  })

  it('takes ? with Shift and without: keyboards differ', () => {
    expect(matchesShortcut(press('?', { shiftKey: true }), '?')).toBe(true)
    expect(matchesShortcut(press('?'), '?')).toBe(true)
    expect(matchesShortcut(press('?', { ctrlKey: true, shiftKey: true }), '?')).toBe(false)
  })

  it('takes a sign wherever a keyboard has it: with AltGr, which is Ctrl and Alt on Windows, or with Option', () => {
    for (const held of [{}, { altKey: true }, { ctrlKey: true, altKey: true }, { shiftKey: true }]) {
      expect(matchesShortcut(press('[', held), '[')).toBe(true)
    }
    expect(matchesShortcut(press(']'), '[')).toBe(false)
    expect(matchesShortcut(press('[', { ctrlKey: true }), '[')).toBe(false)
    expect(matchesShortcut(press('[', { metaKey: true }), '[')).toBe(false)
  })

  it('takes the command key on a Mac, and only there', () => {
    on('darwin')
    expect(matchesShortcut(press('k', { metaKey: true }), 'Ctrl K')).toBe(true)
    expect(matchesShortcut(press('k', { ctrlKey: true }), 'Ctrl K')).toBe(false)
    on('linux')
    expect(matchesShortcut(press('k', { metaKey: true }), 'Ctrl K')).toBe(false)
    expect(matchesShortcut(press('k', { ctrlKey: true }), 'Ctrl K')).toBe(true)
  })
})

it('a shortcut is written as the system writes it, and as aria-keyshortcuts wants it', () => {
  on('win32')
  expect(shortcutText('Ctrl Shift I')).toBe('Ctrl Shift I')
  expect(shortcutKeys('Ctrl Shift I')).toBe('Control+Shift+I')
  on('darwin')
  expect(shortcutText('Ctrl K')).toBe('⌘ K')
  expect(shortcutKeys('Ctrl K')).toBe('Meta+K')
  expect(shortcutKeys('F6')).toBe('F6')
})
