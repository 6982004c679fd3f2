#!/usr/bin/env node
import { ArgumentError, type Arguments, help, readArguments } from './arguments.ts'
import { type Sandbox, sandboxVendors, start } from './start.ts'

try {
  const options = readArguments(process.argv.slice(2))
  if (options.help) process.stdout.write(help)
  else await run(options)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`parley-sandbox: ${message}\n`)
  if (error instanceof ArgumentError) process.stderr.write('Try parley-sandbox --help\n')
  process.exitCode = error instanceof ArgumentError ? 2 : 1
}

async function run({ json, seed, port, host, thinkingTime, life }: Arguments): Promise<void> {
  const running = await start({ seed, port, host, thinkingTime, life, now: Date.now() })
  const end = () => {
    // A second signal, while connections are being closed, ends the process the usual way.
    process.off('SIGINT', end).off('SIGTERM', end)
    void running.stop()
  }
  process.on('SIGINT', end).on('SIGTERM', end)
  process.stdout.write(json ? `${JSON.stringify(summary(running), null, 2)}\n` : listing(running))
}

function summary(running: Sandbox): Record<string, { url: string; credentials: Readonly<Record<string, string>> }> {
  return Object.fromEntries(
    sandboxVendors.map((vendor) => {
      const { url, credentials } = running[vendor]
      return [vendor, { url, credentials }]
    }),
  )
}

function listing(running: Sandbox): string {
  const blocks = Object.entries(summary(running)).map(([vendor, { url, credentials }]) => {
    const width = Math.max(...Object.keys(credentials).map((name) => name.length))
    const lines = Object.entries(credentials).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)
    return [`${vendor}  ${url}`, ...lines].join('\n')
  })
  return `${blocks.join('\n\n')}\n\nAll credentials are made up. Stop with Ctrl+C.\n`
}
