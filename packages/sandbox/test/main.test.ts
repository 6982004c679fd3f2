import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readArguments } from '../src/arguments.ts'
import { highestPort } from '../src/start.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

async function finish(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    err += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

const run = (...args: string[]) => spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args])

test('parley-sandbox reads its arguments', () => {
  expect(readArguments([])).toMatchObject({ seed: 7, port: 4010, host: '127.0.0.1', json: false })
  expect(readArguments(['--seed', '42', '--port', '0', '--json'])).toMatchObject({ seed: 42, port: 0, json: true })
})

test.each([
  [['--seed', 'x'], '--seed must be a whole number from 0 to 9007199254740991, not "x"'],
  [['--port', '70000'], `--port must be a whole number from 0 to ${highestPort}, not "70000"`],
  [['--host', ''], '--host must not be empty'],
  [['--sede', '1'], "Unknown option '--sede'"],
  [['extra'], "Unexpected argument 'extra'"],
])('parley-sandbox refuses %j by name', (args, message) => {
  expect(() => readArguments(args)).toThrow(message)
})

test('parley-sandbox ends with code 2 and a hint after a wrong argument', async () => {
  const { code, out, err } = await finish(run('--port', 'http'))
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('--port must be a whole number')
  expect(err).toContain('--help')
})

test('parley-sandbox prints its help', async () => {
  const { code, out } = await finish(run('--help'))
  expect(code).toBe(0)
  expect(out).toContain('--thinking-time <ms>')
})

test('parley-sandbox prints its URLs, and ends cleanly when interrupted', async () => {
  const child = run('--port', '0', '--json')
  const ended = finish(child)
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  const shown = JSON.parse(chunk.toString()) as { agentConversation: { url: string; credentials: { apiKey: string } } }
  const { url, credentials } = shown.agentConversation
  const response = await fetch(`${url}/external/agents/by-api-key`, {
    headers: { 'Agent-Secret-Key': credentials.apiKey },
  })
  expect(response.status).toBe(200)
  child.kill('SIGINT')
  expect((await ended).code).toBe(0)
})
