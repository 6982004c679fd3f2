import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/**
 * Where a Chromium may be: what the environment names, and where Debian and others install it. The headless shell, which has the
 * same engine without the windows of a browser, takes a quarter of the processor time.
 */
const shell = '/usr/bin/chromium-headless-shell'
const whole = [
  process.env['PARLEY_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const found = (places: readonly (string | undefined)[]): string | undefined =>
  places.find((path) => path !== undefined && existsSync(path))

/** `undefined`: this machine has none. */
export const chromiumPath: string | undefined = found([process.env['PARLEY_CHROMIUM'], shell, ...whole])

/** A whole Chromium, which can show PDF files. `undefined`: this machine has none. */
export const wholeChromiumPath: string | undefined = found(whole)

/** It asks no other host anything, because a test machine may have no network. */
const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']

/** Opens a Chromium with nothing in it. */
export const openChromium = (path = chromiumPath as string): Promise<Browser> =>
  chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-component-update', ...quiet],
  })
