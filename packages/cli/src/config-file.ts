import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ConfigurationError } from '@parley/core'
import * as z from 'zod'
import { vendors } from './vendors.ts'

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

/** Whether a text was probably meant as a URL, or as another way to name a database. Nobody wants a folder of such a name. */
export const isLikeUrl = (text: string): boolean =>
  /^postgres(?:ql)?:|:\/\/|:.*@|\b(?:password|host|dbname)=/i.test(text)

const text = z.string().min(1)
const vendor: z.ZodType<string> = z.enum(vendors.map((definition) => definition.vendor))
const schema = z.strictObject({
  accounts: z
    .array(z.looseObject({ vendor, account: text }))
    .min(1)
    .superRefine((accounts, { addIssue }) => {
      for (const [index, one] of accounts.entries()) {
        const first = accounts.findIndex((other) => other.vendor === one.vendor && other.account === one.account)
        const message = `is the name of accounts.${first} already; each account of a vendor needs its own`
        if (first < index) addIssue({ code: 'custom', path: [index, 'account'], message })
      }
    }),
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

const kinds: Readonly<Record<string, string>> = { object: 'an object', array: 'a list', string: 'a string' }

/** What is wrong, as the end of a sentence that begins with the place. */
const problemOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return 'is missing'
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`
  if (issue.code === 'unrecognized_keys') return `has an unknown field: ${issue.keys.join(', ')}`
  return issue.code === 'too_small' ? 'must not be empty' : undefined
}

/** The names of the fields beside a missing one, of which one may be misspelt. */
function namesBeside(content: unknown, path: readonly PropertyKey[]): string {
  const parent = path.slice(0, -1).reduce((value, step) => (value as Record<PropertyKey, unknown>)[step], content)
  return `there is only ${Object.keys(parent as object).join(', ') || 'an empty object'}`
}

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
  const result = schema.safeParse(content, { error: problemOf })
  if (!result.success) {
    const fields = result.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      problem: message === 'is missing' && path.length > 1 ? `${message} (${namesBeside(content, path)})` : message,
    }))
    const problems = fields.map(({ path, problem }) => `${path || 'the file'} ${problem}`)
    throw new ConfigurationError({
      message: `The configuration file ${path} is invalid: ${problems.join('; ')}.`,
      fields,
    })
  }
  const { accounts, store } = result.data
  if (store === undefined || !('folder' in store)) return { accounts, store }
  return { accounts, store: { folder: resolve(dirname(path), store.folder) } }
}
