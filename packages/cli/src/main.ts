#!/usr/bin/env node
import { run } from './cli.ts'
import { processTerminal } from './terminal.ts'

// Without a listener, Node.js would print a stack when a reader has gone, as `head` does. `print` reports it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

process.exitCode = await run(process.argv.slice(2), processTerminal)
