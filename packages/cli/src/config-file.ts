import { readFile } from 'node:fs/promises'
import { ConfigurationError } from '@parley/core'
import * as z from 'zod'

/** One account of a configuration file: the vendor, a name for it, and the vendor's own options. */
export interface AccountConfig {
  vendor: string
  account: string
  [option: string]: unknown
}

const schema = z.strictObject({
  accounts: z.array(z.looseObject({ vendor: z.string().min(1), account: z.string().min(1) })).min(1),
})

/**
 * The accounts of a configuration file, `{ "accounts": [{ "vendor", "account", … }] }`. Options are checked later, by
 * the vendor's own definition.
 *
 * @throws ConfigurationError that names the file and the path in it.
 */
export async function readConfigFile(path: string | URL): Promise<AccountConfig[]> {
  const name = path instanceof URL ? path.pathname : path
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read'
    throw new ConfigurationError({ message: `The configuration file ${name} ${reason}.`, cause })
  }
  const result = schema.safeParse(content)
  if (result.success) return result.data.accounts
  const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), problem: issue.message }))
  throw new ConfigurationError({
    message: `The configuration file ${name} is invalid: ${fields.map(({ path, problem }) => `${path || 'the file'}: ${problem}`).join('; ')}.`,
    fields,
  })
}
