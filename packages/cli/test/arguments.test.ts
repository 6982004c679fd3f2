import { describe, expect, it } from 'vitest'
import { parseArguments, UsageError } from '../src/arguments.ts'

describe('arguments', () => {
  it.each([
    [[], { command: 'help', json: false, live: false }],
    [['--help'], { command: 'help', json: false, live: false }],
    [['demo'], { command: 'demo', json: false, live: false }],
    [['demo', '--live', '--json', '--config', 'x.json'], { command: 'demo', json: true, live: true, config: 'x.json' }],
  ])('are read from %j', (args, parsed) => {
    expect(parseArguments(args)).toEqual(parsed)
  })

  it.each([[['sing']], [['demo', '--nope']], [['demo', 'more']], [['demo', '--config']]])('are refused: %j', (args) => {
    expect(() => parseArguments(args)).toThrow(UsageError)
  })
})
