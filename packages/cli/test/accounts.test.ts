import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noAccount, oneOfEach, openLiveAccounts } from '../src/accounts.ts'
import { vendors } from '../src/vendors.ts'

const variablesOf = (env: object): string[] => Object.values(env).filter((name) => typeof name === 'string')

const refusal = async (): Promise<string> => noAccount(await openLiveAccounts(oneOfEach('default'), {})) ?? ''

beforeEach(() => {
  for (const name of vendors.flatMap(({ env }) => variablesOf(env))) vi.stubEnv(name, undefined)
})
afterEach(() => vi.unstubAllEnvs())

describe('the accounts of the environment', () => {
  it('say for each vendor on a line what is needed, if nothing is set', async () => {
    const [first, ...lines] = (await refusal()).split('\n')
    expect(first).toMatch(/^No account can be opened, because no credentials are set\./)
    expect(lines.pop()).toMatch(/--config.*--sandbox/)
    expect(lines).toEqual(
      vendors.map(
        ({ vendor }) =>
          expect.stringMatching(new RegExp(`^${vendor}:default: [^:]*[A-Z_]+ (is|are) (not )?set\\.$`)) as string,
      ),
    )
    for (const [index, { env }] of vendors.entries()) expect(lines[index]).toContain(variablesOf(env)[0])
  })

  it('say only what a vendor lacks of which something is set', async () => {
    for (const { vendor, env } of vendors) {
      const [first = ''] = variablesOf(env)
      vi.stubEnv(first, 'k')
      const message = await refusal()
      vi.stubEnv(first, undefined)
      if (message !== '')
        expect(message).toMatch(
          new RegExp(`^No account can be opened\\.\n${vendor}:default: option "\\w+" is missing\\.[^\n]*$`),
        )
    }
    expect.hasAssertions()
  })
})
