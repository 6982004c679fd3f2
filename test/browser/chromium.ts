import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/**
 * Where a Chromium may be: what the environment names, and where Debian and others install it. The headless shell, which has the
 * same engine without the windows of a browser, takes a quarter of the processor time.
 */
const places = [
  process.env['PARLEY_CHROMIUM'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** `undefined`: this machine has none. */
export const chromiumPath: string | undefined = places.find((path) => path !== undefined && existsSync(path))

/** It asks no other host anything, because a test machine may have no network. */
const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']

/** Opens a Chromium with nothing in it. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath as string,
    args: ['--no-sandbox', '--disable-component-update', ...quiet],
  })
