#!/usr/bin/env node
import { run } from './cli.ts'
import { processTerminal } from './terminal.ts'

// A reader that closes the output early, as `head` does, is no failure. Without this, Node.js would print a stack.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await run(process.argv.slice(2), processTerminal)
