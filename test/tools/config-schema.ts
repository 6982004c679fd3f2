import { existsSync } from 'node:fs'
import ts from 'typescript'
import * as z from 'zod'
import { schema } from '../../packages/cli/src/config-file.ts'
import { vendors } from '../../packages/cli/src/vendors.ts'
import { interfacesOf, sentenceOf } from './api-operations.ts'

type Json = Record<string, unknown>

const root = new URL('../../', import.meta.url)

const refTo = (name: string): Json => ({ $ref: `#/definitions/${name}` })

/** The schema of the configuration file of `parley`, with the options of every vendor. */
export function configSchema(): string {
  const base = z.toJSONSchema(schema, { io: 'input', target: 'draft-07' }) as unknown as Json & {
    properties: { accounts: Json; store: { oneOf: { properties: { url?: { anyOf: Json[] } } }[] } }
  }
  const { accounts, store } = base.properties
  const own = store.oneOf.flatMap(({ properties: { url } }) => (url ? [url] : []))[0]?.anyOf ?? []
  const [variable, command] = own.slice(1)
  if (!variable || !command) throw new Error('The schema of the configuration has lost its two ways to name a secret.')
  for (const [index, name] of ['variable', 'command'].entries()) own[index + 1] = refTo(name)
  const whole = {
    ...base,
    $id: 'https://git.parley.example/parley/raw/main/packages/cli/config.schema.json',
    title: 'Configuration of parley',
    properties: { ...base.properties, accounts: { ...accounts, items: { oneOf: vendors.map(accountOf) } } },
    definitions: { variable, command },
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}

const accountOf = ({ vendor, label }: (typeof vendors)[number]): Json => ({
  title: label,
  type: 'object',
  properties: {
    vendor: { const: vendor },
    account: { type: 'string', minLength: 1, description: 'A name of your own for the account, a part of every ref.' },
    ...optionsOf(vendor),
  },
  required: ['vendor', 'account'],
  additionalProperties: false,
})

const common = new URL('packages/core/src/transport/settings.ts', root)

/** The options of an adapter with their docstrings: the interfaces of its `config.ts`, and those that every adapter has. */
function optionsOf(vendor: string): Json {
  const path = new URL(`packages/${vendor}/src/config.ts`, root)
  if (!existsSync(path)) return {}
  const found = interfacesOf(path)
  const all = interfacesOf(common).get('AdapterOptions')
  const whole = [...found.values()].find((each) => basesOf(each).includes('AdapterOptions'))
  if (!all || !whole) throw new Error(`${path.pathname} has no interface that extends AdapterOptions.`)
  const bases = basesOf(whole).flatMap((name) => found.get(name) ?? [])
  const fields = [all, ...bases, whole].flatMap(({ members }) => [...members].filter(ts.isPropertySignature))
  // One that the vendor describes itself replaces the common one.
  return Object.fromEntries(
    fields
      .filter(({ name }) => name.getText() !== 'account')
      .map((field) => {
        const description = sentenceOf(field).replaceAll('\\|', '|')
        return [field.name.getText(), { description, ...topLevel(field.type, found) }]
      }),
  )
}

const basesOf = ({ heritageClauses }: Partial<ts.InterfaceDeclaration>): string[] =>
  [...(heritageClauses ?? [])].flatMap(({ types }) => types.map((type) => type.expression.getText()))

type Interfaces = ReturnType<typeof interfacesOf>

/** A secret is never in the file, except that of an emulator, which the command line checks. Any string may come from elsewhere. */
function topLevel(type: ts.TypeNode | undefined, interfaces: Interfaces): Json {
  const plain = typeOf(type, interfaces)
  return plain['type'] === 'string' ? { anyOf: [refTo('variable'), refTo('command'), plain] } : plain
}

const keywords = new Map<ts.SyntaxKind, Json>([
  [ts.SyntaxKind.StringKeyword, { type: 'string' }],
  [ts.SyntaxKind.NumberKeyword, { type: 'number' }],
  [ts.SyntaxKind.BooleanKeyword, { type: 'boolean' }],
])

function typeOf(type: ts.TypeNode | undefined, interfaces: Interfaces): Json {
  const keyword = type && keywords.get(type.kind)
  if (keyword) return keyword
  if (type && ts.isTypeOperatorNode(type)) return typeOf(type.type, interfaces)
  if (type && ts.isArrayTypeNode(type)) return { type: 'array', items: typeOf(type.elementType, interfaces) }
  if (type && ts.isTypeLiteralNode(type)) return objectOf(type.members, interfaces)
  if (type && ts.isUnionTypeNode(type)) return { anyOf: type.types.map((each) => typeOf(each, interfaces)) }
  if (type && ts.isLiteralTypeNode(type)) return { const: JSON.parse(type.getText().replaceAll("'", '"')) as unknown }
  if (type && ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText()
    const known = interfaces.get(name)
    if (known) return objectOf(known.members, interfaces)
    if (name === 'Credential') return { type: 'string' }
    if (name === 'Priority') return { enum: ['send', 'live', 'catch-up', 'backfill', 'sweep'] }
    if (name === 'Readonly') return typeOf(type.typeArguments?.[0], interfaces)
    if (name === 'Record') return { type: 'object', additionalProperties: typeOf(type.typeArguments?.[1], interfaces) }
  }
  throw new Error(`No JSON Schema is known for the type ${type?.getText() ?? 'of an option without one'}.`)
}

function objectOf(members: ts.NodeArray<ts.TypeElement>, interfaces: Interfaces): Json {
  const fields = [...members].filter(ts.isPropertySignature)
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name.getText(), typeOf(field.type, interfaces)])),
    required: fields.filter(({ questionToken }) => !questionToken).map(({ name }) => name.getText()),
    additionalProperties: false,
  }
}
