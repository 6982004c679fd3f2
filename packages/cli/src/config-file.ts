import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ConfigurationError } from '@parley/core'
import * as z from 'zod'

/** One account of a configuration file: the vendor, a name for it, and the vendor's own options. */
export interface AccountConfig {
  vendor: string
  account: string
  [option: string]: unknown
}

/** The database of the synced inbox. */
export type StoreConfig = { url: string | { env: string } } | { folder: string }

export interface Config {
  accounts: AccountConfig[]
  store?: StoreConfig | undefined
}

/** Whether a text was probably meant as a URL. Nobody wants a folder of such a name. */
export const isLikeUrl = (text: string): boolean => /^postgres(ql)?:|:\/\//i.test(text)

const text = z.string().min(1)
const schema = z.strictObject({
  accounts: z.array(z.looseObject({ vendor: text, account: text })).min(1),
  store: z
    .xor(
      [
        z.strictObject({ url: z.union([text, z.strictObject({ env: text })]) }),
        z.strictObject({ folder: text.refine((folder) => !isLikeUrl(folder)) }),
      ],
      'must be { "url": … } or { "folder": … }',
    )
    .optional(),
})

/**
 * A configuration file, `{ "accounts": [{ "vendor", "account", … }], "store": { "url" } | { "folder" } }`. The options of an
 * account are checked later, by the vendor's own definition. A relative folder begins at the file.
 *
 * @throws ConfigurationError that names the file and the path in it.
 */
export async function readConfigFile(path: string): Promise<Config> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    const reason =
      cause instanceof SyntaxError ? 'is not valid JSON' : `cannot be read (${(cause as NodeJS.ErrnoException).code})`
    throw new ConfigurationError({ message: `The configuration file ${path} ${reason}.`, cause })
  }
  const result = schema.safeParse(content)
  if (!result.success) {
    const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), problem: issue.message }))
    const problems = fields.map(({ path, problem }) => `${path || 'the file'}: ${problem}`)
    throw new ConfigurationError({
      message: `The configuration file ${path} is invalid: ${problems.join('; ')}.`,
      fields,
    })
  }
  const { accounts, store } = result.data
  if (store === undefined || !('folder' in store)) return { accounts, store }
  return { accounts, store: { folder: resolve(dirname(path), store.folder) } }
}
