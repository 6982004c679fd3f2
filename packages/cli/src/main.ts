#!/usr/bin/env node
import { isParleyError } from '@parley/core'
import { parseArguments, UsageError, usage } from './arguments.ts'
import { demo } from './demo/demo.ts'

/** 0: success. 1: failure. 2: wrong usage or configuration. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const parsed = parseArguments(args)
    if (parsed.command === 'help') {
      process.stdout.write(usage)
      return 0
    }
    process.stdout.write(await demo(parsed))
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usage}`)
      return 2
    }
    if (!isParleyError(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return error.code === 'configuration' ? 2 : 1
  }
}

process.exitCode = await main(process.argv.slice(2))
