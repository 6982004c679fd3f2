import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { accountName, ConfigurationError } from '@parley/core'
import * as z from 'zod'
import { decodedText } from './read-text.ts'
import { type AccountConfig, isSecretCommand, isSecretOption, type StoreConfig } from './secrets.ts'
import { definitionOf, vendors } from './vendors.ts'

export type { AccountConfig, StoreConfig } from './secrets.ts'

/** A person who answers: `Person` of the inbox. */
export interface PersonConfig {
  id: string
  name?: string | undefined
  /** The person's operator id in each account, `vendor:account`. */
  operatorIds?: Record<string, string> | undefined
}

export interface Config {
  accounts: AccountConfig[]
  store?: StoreConfig | undefined
  people?: PersonConfig[] | undefined
  /** The id of the person who acts by default. */
  operator?: string | undefined
}

/** Whether a text was probably meant as a URL, or as another way to name a database. Nobody wants a folder of such a name. */
export const isLikeUrl = (text: string): boolean =>
  /^postgres(?:ql)?:|:\/\/|:.*@|\b(?:password|host|dbname)=/i.test(text)

/** Whether an address is on this machine, as that of an emulator is. */
export const isLocal = (baseUrl: unknown): boolean =>
  typeof baseUrl === 'string' &&
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(URL.parse(baseUrl.trim())?.hostname ?? '')

const text = z.string().min(1)
const vendor: z.ZodType<string> = z.enum(vendors.map((definition) => definition.vendor))
/** The name of an account. Empty if it is invalid, which its own check says. */
const nameOf = ({ vendor, account }: Pick<AccountConfig, 'vendor' | 'account'>): string =>
  vendor && account && accountName(vendor, account)

const name = z.string().regex(/^(?=.*\S).{1,200}$/u, 'must have 1 to 200 characters')

const isObjectWith = (field: string, value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, field)

/** A URL can have a password before its host or as a parameter. */
export function hasPassword(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && (parsed.password !== '' || parsed.searchParams.has('password'))
}

/** Refuses each of the values that an earlier one equals. */
function refuseRepeated(
  values: readonly string[],
  list: string,
  field: string,
  rule: string,
  context: z.RefinementCtx,
) {
  for (const [index, value] of values.entries()) {
    const first = values.indexOf(value)
    const message = `is the ${field === 'id' ? 'id' : 'name'} of ${list}.${first} already; ${rule}`
    if (first < index) context.addIssue({ code: 'custom', path: [index, field], message })
  }
}

const isVariable = (name: unknown): boolean => typeof name === 'string' && /^[A-Za-z_]\w*$/.test(name)

/** The message does not quote the name, because a secret may stand in its place. */
const noVariable = 'must be the name of a variable, of letters, digits and _'

const variable = z
  .strictObject({ env: text.describe('The name of the variable.') })
  .describe('From a variable of the environment.')
const words = z.array(z.string()).min(1).describe('The program and its arguments.')
const command = z
  .strictObject({ command: z.union([text.describe('The program and its arguments, split at spaces.'), words]) })
  .describe('The first line that a command prints. No shell reads the command.')

/** A secret of a file is in every copy of it. Those of an emulator are made up. */
function refuseLiteralSecrets(account: AccountConfig, addIssue: (path: string, message: string) => void) {
  const definition = definitionOf(account.vendor)
  if (!definition || isLocal(account['baseUrl'])) return
  for (const [option, value] of Object.entries(account))
    if (typeof value === 'string' && isSecretOption(definition, option))
      addIssue(option, 'is a secret, which must be { "env": "NAME" } or { "command": … }')
}

export const schema = z
  .strictObject({
    $schema: z.string().optional().describe('The address of this schema, for an editor.'),
    accounts: z
      .array(z.looseObject({ vendor, account: text }))
      .min(1)
      .superRefine((accounts, context) => {
        const names = accounts.map(nameOf)
        refuseRepeated(names, 'accounts', 'account', 'each account of a vendor needs its own', context)
        for (const [index, account] of accounts.entries()) {
          const refuse = (path: string[], message: string) =>
            context.addIssue({ code: 'custom', path: [index, ...path], message })
          for (const [option, value] of Object.entries(account)) {
            if (isObjectWith('command', value) && !isSecretCommand(value))
              refuse([option, 'command'], 'must be the program and its arguments: a string, or a list of strings')
            if (isObjectWith('env', value) && !isVariable((value as { env: unknown }).env))
              refuse([option, 'env'], noVariable)
          }
          refuseLiteralSecrets(account, (option, message) => refuse([option], message))
        }
      })
      .describe('Each account once.'),
    store: z
      .xor(
        [
          z.strictObject({
            url: z.union([
              text.refine(
                (url) => !hasPassword(url) || isLocal(url),
                'has a password: use { "env": "NAME" } or { "command": … }',
              ),
              variable,
              command,
            ]),
          }),
          z.strictObject({ folder: text.refine((folder) => !isLikeUrl(folder)) }),
        ],
        'must be { "url": … } or { "folder": … }',
      )
      .optional(),
    people: z
      .array(
        z.strictObject({
          id: name,
          name: name.optional(),
          operatorIds: z.record(z.string(), z.string().regex(/^\S+$/, 'must be an id without spaces')).optional(),
        }),
      )
      .min(1)
      .superRefine((people, context) => {
        const ids = people.map(({ id }) => id)
        refuseRepeated(ids, 'people', 'id', 'each person needs their own', context)
      })
      .optional(),
    operator: text.optional(),
  })
  .superRefine(({ accounts, store, people = [], operator }, { addIssue }) => {
    if (store && 'url' in store && isObjectWith('env', store.url) && !isVariable((store.url as { env: unknown }).env))
      addIssue({ code: 'custom', path: ['store', 'url', 'env'], message: noVariable })
    const names = accounts.map(nameOf)
    for (const [index, { operatorIds = {} }] of people.entries())
      for (const account of Object.keys(operatorIds).filter((account) => !names.includes(account)))
        addIssue({
          ...{ code: 'custom', path: ['people', index, 'operatorIds', account] },
          message: `is of no account of the file; it has ${names.join(', ')}`,
        })
    const ids = people.map(({ id }) => id)
    if (operator !== undefined && !ids.includes(operator))
      addIssue({
        code: 'custom',
        path: ['operator'],
        message: `must be one of people: ${ids.join(', ') || 'there is none'}`,
      })
  })

const kinds: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'a string',
}

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
 * A configuration file, `{ "accounts": [{ "vendor", "account", … }], "store": { "url" } | { "folder" }, "people": [{ "id", "name",
 * "operatorIds" }], "operator": "id" }`. A secret is `{ "env" }` or `{ "command" }`. The options of an account are checked later, by the vendor's own definition. A relative
 * folder begins at the file.
 *
 * @throws ConfigurationError that names the file and the path in it.
 */
export async function readConfigFile(path: string): Promise<Config> {
  let content: unknown
  try {
    const read = decodedText(await readFile(path))
    if (read === undefined) throw new SyntaxError('not UTF-8')
    content = JSON.parse(read)
  } catch (cause) {
    const reason =
      cause instanceof SyntaxError
        ? 'is not valid JSON in UTF-8'
        : `cannot be read (${(cause as NodeJS.ErrnoException).code})`
    throw new ConfigurationError({ message: `The configuration file ${path}${from(path)} ${reason}.`, cause })
  }
  const result = schema.safeParse(content, { error: problemOf })
  if (!result.success) {
    const fields = result.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      problem: message === 'is missing' && path.length > 1 ? `${message} (${namesBeside(content, path)})` : message,
    }))
    const problems = fields.map(({ path, problem }) => `${path || 'the file'} ${problem}`)
    throw new ConfigurationError({
      message: `The configuration file ${path}${from(path)} is invalid: ${problems.join('; ')}.`,
      fields,
    })
  }
  const { store } = result.data
  if (store === undefined || !('folder' in store)) return result.data
  return { ...result.data, store: { folder: resolve(dirname(path), store.folder) } }
}

/** Nobody has typed the path of a variable into this command. */
const from = (path: string): string => (path === process.env['PARLEY_CONFIG'] ? ' (from PARLEY_CONFIG)' : '')
