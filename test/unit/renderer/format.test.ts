import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  formatBytes,
  formatBytesOf,
  formatCell,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatPlural,
  formatShape,
  formatProbability,
  formatSignificant,
  formatTimeLeft,
  formatWhen
} from '../../../renderer/ui/format.ts'

// The examples are those of the table "Numbers" and of "Density and type" in the visual language, and of the docstrings.

/** A shown number as a number again. */
const readBack = (text: string): number => Number(text.replaceAll('\u2212', '-').replaceAll(',', ''))
const finite = fc.double({ min: -1e12, max: 1e12, noNaN: true })

describe('formatNumber', () => {
  it('writes a fixed number of decimals and a true minus', () => {
    expect(formatNumber(-0.4571, 2)).toBe('\u22120.46')
    expect(formatNumber(-0.025, 3)).toBe('\u22120.025')
    expect(formatNumber(18, 1)).toBe('18.0')
  })

  it('gives zero no sign, NaN a dash, infinity its sign', () => {
    expect(formatNumber(-0, 2)).toBe('0.00')
    expect(formatNumber(-0.004, 2)).toBe('0.00')
    expect(formatNumber(NaN, 2)).toBe('–')
    expect(formatNumber(Infinity, 2)).toBe('∞')
    expect(formatNumber(-Infinity, 2)).toBe('\u2212∞')
  })

  it('is read back within half of its last decimal, and has no hyphen', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 0, max: 8 }), (value, decimals) => {
        const text = formatNumber(value, decimals)
        expect(text).toMatch(decimals === 0 ? /^\u2212?\d+$/ : new RegExp(`^\u2212?\\d+\\.\\d{${decimals}}$`))
        // Reading the text rounds once more: one ulp of the value.
        expect(Math.abs(readBack(text) - value)).toBeLessThanOrEqual(
          0.5 * 10 ** -decimals * (1 + 1e-9) + Math.abs(value) * Number.EPSILON
        )
      }),
      { seed: 1 }
    )
  })
})

describe('formatSignificant', () => {
  it('drops trailing zeros and writes very large and very small numbers as powers', () => {
    expect([0.0123, 5.84, 1.2e12, -1.2e12, 0].map((value) => formatSignificant(value))).toEqual([
      '0.0123',
      '5.84',
      '1.2e12',
      '\u22121.2e12',
      '0'
    ])
    expect(formatSignificant(0.000012345, 3)).toBe('1.23e\u22125')
    expect(formatSignificant(5.84333)).toBe('5.843')
    expect(formatSignificant(NaN)).toBe('–')
  })

  it('is a number also where rounding leaves the range of a double', () => {
    // Number.MAX_VALUE is 1.7976931348623157e308; four digits of it round up, beyond itself.
    expect(formatSignificant(Number.MAX_VALUE)).toBe('1.798e308')
  })

  it('is read back within half a unit of the last digit asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e300, max: 1e300, noNaN: true }).filter((value) => value === 0 || Math.abs(value) > 1e-300),
        fc.integer({ min: 1, max: 10 }),
        (value, digits) => {
          const text = formatSignificant(value, digits)
          expect(text).toMatch(/^\u2212?\d+(\.\d*[1-9])?(e\u2212?\d+)?$/)
          const lost = Math.abs(readBack(text) - value)
          expect(lost).toBeLessThanOrEqual(5 * 10 ** -digits * Math.abs(value) * (1 + 1e-9))
        }
      ),
      { seed: 2 }
    )
  })
})

describe('formatCell', () => {
  it('has the decimals of its column', () => {
    expect(formatCell(5.1, 1)).toBe('5.1')
    expect(formatCell(18, 1)).toBe('18.0')
    expect(formatCell(-3, 0)).toBe('\u22123')
    expect(formatCell(NaN, 1)).toBe('–')
    expect(formatCell(-Infinity, undefined)).toBe('\u2212∞')
  })

  it('loses nothing where the decimals are not known', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = formatCell(value, undefined)
        expect(text).not.toMatch(/[-+]/)
        // Zero has no sign on the screen.
        expect(readBack(text)).toBe(value === 0 ? 0 : value)
      }),
      { seed: 3 }
    )
  })
})

describe('counts and shares', () => {
  it('groups thousands, puts a space before %, counts in words', () => {
    expect(formatCount(1797)).toBe('1,797')
    expect(formatCount(-1000000)).toBe('\u22121,000,000')
    expect(formatCount(150)).toBe('150')
    expect(formatPercent(0.7296, 2)).toBe('72.96\u00a0%')
    expect(formatPercent(0.72962)).toBe('73.0\u00a0%')
    expect(formatPercent(-0.005)).toBe('\u22120.5\u00a0%')
    expect([0, 1, 1797].map((count) => formatPlural(count, 'row'))).toEqual(['0 rows', '1 row', '1,797 rows'])
    expect(formatPlural(2, 'analysis', 'analyses')).toBe('2 analyses')
    expect(formatShape(1797, 64)).toBe('1,797 × 64')
  })

  it('reads every whole number back', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) => {
        const text = formatCount(count)
        expect(text).toMatch(/^\u2212?\d{1,3}(,\d{3})*$/)
        expect(readBack(text)).toBe(count === 0 ? 0 : count)
      }),
      { seed: 4 }
    )
  })
})

describe('formatDuration', () => {
  it('says milliseconds as a person does', () => {
    expect([3, 2400, 80_000].map(formatDuration)).toEqual(['3 ms', '2.4 s', '1 min 20 s'])
    expect([0.2, 999.4, 999.5, 9949, 9950, 59_499, 59_500].map(formatDuration)).toEqual([
      'under 1 ms',
      '999 ms',
      '1.0 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min'
    ])
    expect([3_599_499, 3_599_500, 5_400_000].map(formatDuration)).toEqual(['59 min 59 s', '1 h 0 min', '1 h 30 min'])
  })

  it('is right to its last unit, and no unit ever reaches the next', () => {
    const units: Record<string, number> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 }
    const most: Record<string, number> = { ms: 999, s: 59, min: 59, h: Infinity }
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ min: 1, max: 2000, noNaN: true }),
          fc.double({ min: 1, max: 2e5, noNaN: true }),
          fc.double({ min: 1, max: 1e8, noNaN: true })
        ),
        (milliseconds) => {
          const parts = [...formatDuration(milliseconds).matchAll(/([\d.]+) (ms|s|min|h)/g)]
          let said = 0
          for (const [, number, unit] of parts) {
            expect(Number(number)).toBeLessThanOrEqual(most[unit!]!)
            said += Number(number) * units[unit!]!
          }
          const last = parts.at(-1)!
          const step = last[1]!.includes('.')
            ? 100
            : last[2] === 'h' || parts[0]![2] === 'h'
              ? 60_000
              : units[last[2]!]!
          // "1 min" is sixty seconds, said without its zero.
          const exact = last[2] === 'min' && parts.length === 1 ? 1000 : step
          expect(Math.abs(said - milliseconds)).toBeLessThanOrEqual(exact === 60_000 ? 60_000 : exact / 2 + 1e-6)
        }
      ),
      { seed: 5, numRuns: 500 }
    )
  })
})

describe('formatTimeLeft', () => {
  it('is what is left at the speed so far, in whole seconds', () => {
    // 40 % in 4 s: 6 s for the other 60 %.
    expect(formatTimeLeft(1000, 0.4, 5000)).toBe('6 s left')
    // 10 % in 10 s: 90 s for the rest.
    expect(formatTimeLeft(0, 0.1, 10_000)).toBe('1 min 30 s left')
    expect(formatTimeLeft(0, 0.99, 5000)).toBe('1 s left')
  })

  it('says nothing before there is something to go by, and at the end', () => {
    expect(formatTimeLeft(0, 0.04, 60_000)).toBe('')
    expect(formatTimeLeft(0, 0.5, 499)).toBe('')
    expect(formatTimeLeft(0, 1, 60_000)).toBe('')
  })
})

describe('formatBytes', () => {
  it('counts in decimal units', () => {
    expect([0, 812, 999, 1000, 14_800, 99_949, 99_950, 1.2e9].map(formatBytes)).toEqual([
      '0 B',
      '812 B',
      '999 B',
      '1.0 kB',
      '14.8 kB',
      '99.9 kB',
      '100 kB',
      '1.2 GB'
    ])
    expect(formatBytes(999_499)).toBe('999 kB')
    expect(formatBytes(999_500)).toBe('1.0 MB')
  })

  it('is right to its last digit and stays below a thousand of a unit', () => {
    const units: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 14 }).chain((power) => fc.integer({ min: 0, max: 9 * 10 ** power })),
        (bytes) => {
          const [number, unit] = formatBytes(bytes).split(' ') as [string, string]
          expect(Number(number)).toBeLessThan(1000)
          const step = (number.includes('.') ? 0.1 : 1) * units[unit]!
          expect(Math.abs(Number(number) * units[unit]! - bytes)).toBeLessThanOrEqual((step / 2) * (1 + 1e-9))
        }
      ),
      { seed: 6, numRuns: 500 }
    )
  })
})

describe('formatWhen', () => {
  afterEach(() => vi.unstubAllEnvs())

  /** The screen speaks of local days; each test says where it is. */
  const at = (zone: string, iso: string, now: string): string => {
    vi.stubEnv('TZ', zone)
    return formatWhen(iso, new Date(now))
  }

  it('says the distance a person would', () => {
    const now = '2025-11-18T15:30:00Z'
    expect(at('UTC', '2025-11-18T14:02:00Z', now)).toBe('Today 14:02')
    expect(at('UTC', '2025-11-18T00:00:00Z', now)).toBe('Today 00:00')
    expect(at('UTC', '2025-11-17T23:59:59Z', now)).toBe('Yesterday')
    expect(at('UTC', '2025-11-17T00:00:00Z', now)).toBe('Yesterday')
    expect(at('UTC', '2025-11-16T23:59:59Z', now)).toBe('16 Nov')
    expect(at('UTC', '2024-11-17T12:00:00Z', now)).toBe('17 Nov 2024')
    expect(at('UTC', 'never', now)).toBe('')
  })

  it('counts days, not 24 hours, where the clocks change', () => {
    // Berlin: 30 March 2025 had 23 hours (UTC+1 to UTC+2), 26 October 2025 had 25 (UTC+2 to UTC+1).
    const afterShortDay = '2025-03-31T10:00:00Z'
    expect(at('Europe/Berlin', '2025-03-29T22:30:00Z', afterShortDay)).toBe('29 Mar')
    expect(at('Europe/Berlin', '2025-03-29T23:30:00Z', afterShortDay)).toBe('Yesterday')
    expect(at('Europe/Berlin', '2025-10-25T22:30:00Z', '2025-10-27T10:00:00Z')).toBe('Yesterday')
  })
})

describe('formatBytesOf', () => {
  it.each([
    [0, 190_002_278, '0 of 190 MB'],
    [84_400_000, 190_002_278, '84 of 190 MB'],
    [190_002_278, 190_002_278, '190 of 190 MB'],
    [600_000_000, 1_234_000_000, '0.6 of 1.2 GB'],
    [300, 812, '300 of 812 B'],
    [900, 812, '812 of 812 B']
  ])('%d of %d: %s', (done, total, text) => {
    expect(formatBytesOf(done, total)).toBe(text)
  })
})

it('formatProbability keeps two significant digits, a zero among them', () => {
  expect([0.1, 0.032, 0.0080001, 1, 0.00099, NaN].map(formatProbability)).toEqual([
    '0.10',
    '0.032',
    '0.0080',
    '1.0',
    '< 0.001',
    '–'
  ])
})
