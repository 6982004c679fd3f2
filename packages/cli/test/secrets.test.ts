import { describe, expect, it } from 'vitest'
import { isSecretOption, withSecrets, withStoreSecret } from '../src/secrets.ts'
import { definitionOf, vendors } from '../src/vendors.ts'

const [{ vendor }] = vendors as [(typeof vendors)[number]]
const account = { vendor, account: 'one' }
const node = (code: string) => ({ command: [process.execPath, '-e', code] })

describe('a secret of a command', () => {
  it('is the first line that the command prints', async () => {
    const options = { ...account, key: node('console.log("s3cret\\r\\nmore")'), other: 'kept' }
    expect(await withSecrets(options)).toEqual({ ...account, key: 's3cret', other: 'kept' })
    const store = { url: node('console.log("postgres://a/b")') }
    expect(await withStoreSecret(store)).toEqual({ url: 'postgres://a/b' })
    expect(await withStoreSecret({ folder: 'here' })).toEqual({ folder: 'here' })
  })

  it('comes from a line that is split at spaces and that no shell reads', async () => {
    expect(await withSecrets({ ...account, key: { command: 'echo  $HOME ; echo' } })).toMatchObject({
      key: '$HOME ; echo',
    })
  })

  it.each([
    [node('console.log("s3cret"); console.error("s3cret"); process.exit(3)'), 'ended with code 3'],
    [node('console.log(); console.log("s3cret")'), 'printed nothing on its first line'],
    [{ command: ['/nowhere/s3cret'] }, 'could not be run (ENOENT)'],
    [node('process.stdout.write("s3cret", () => process.kill(process.pid, "SIGKILL"))'), 'was ended by SIGKILL'],
    [node('console.log("s3cret" + " ".repeat(2 ** 21))'), 'printed more than 1 MiB'],
  ])('that fails is named by its option and its end, without the command and its output: %j', async (key, end) => {
    const error = await withSecrets({ ...account, key }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      ...{ code: 'configuration', vendor, account: 'one', fields: [{ path: 'key', problem: end }] },
      message: `${vendor}: option "key" could not be read, because its command ${end}.`,
    })
    const everything = JSON.stringify([error, (error as Error).stack, String((error as Error).cause)])
    expect(everything).not.toContain('s3cret')
  })

  it('of which nobody waits for the end is ended with the signal', async () => {
    const controller = new AbortController()
    const waiting = withSecrets({ ...account, key: node('setTimeout(() => {}, 100_000)') }, controller.signal)
    controller.abort()
    await expect(waiting).rejects.toThrow('abort')
  })
})

describe('an option', () => {
  it('is a secret where the vendor also takes a function', () => {
    for (const definition of vendors) {
      const names = Object.keys(definition.env).filter((option) => isSecretOption(definition, option))
      expect(names.length, definition.vendor).toBeGreaterThan(0)
      for (const name of names) expect(name).toMatch(/key|token/i)
    }
  })

  it.each(['agentId', 'baseUrl', 'operatorId', 'constructor', 'nope'])('%s is no secret', (option) => {
    for (const { vendor } of vendors) expect(isSecretOption(definitionOf(vendor) as never, option)).toBe(false)
  })
})
