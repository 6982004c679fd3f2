import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** The return types that the official client declares. */
interface Declared {
  /** The name of the model that a method returns. `any` if it declares none. */
  returns(method: string): string
  /** Values that differ from a model's declaration, such as `conversations[].email is null, not string`. */
  differences(value: unknown, type: string): string[]
  /** Fields that the model does not declare, such as `conversations[].sort`. */
  additions(value: unknown, type: string): string[]
  readonly methods: readonly string[]
}

interface Field {
  readonly name: string
  readonly isOptional: boolean
  readonly type: string
}

const code = join(dirname(createRequire(import.meta.url).resolve('@gohighlevel/api-client')), 'lib/code')

/** Reads the declarations of one service, such as `conversations`. */
export function readDeclared(service: string): Declared {
  const models = readModels(service)
  const returned = readMethods(service)
  const differences = (value: unknown, type: string): string[] => [...new Set(compare(models, value, type, ''))].sort()
  const additions = (value: unknown, type: string): string[] => [...new Set(extra(models, value, type, ''))].sort()
  const returns = (method: string) => returned.get(method) ?? 'any'
  return { returns, differences, additions, methods: [...returned.keys()] }
}

const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(join(code, path), 'utf8'), ts.ScriptTarget.Latest)

function readModels(service: string): Map<string, Field[]> {
  const source = parse(`${service}/models/${service}.d.ts`)
  const interfaces = source.statements.filter(ts.isInterfaceDeclaration)
  return new Map(
    interfaces.map(({ name, members }) => [
      name.text,
      members.filter(ts.isPropertySignature).map((member) => ({
        name: member.name.getText(source).replace(/^'|'$/g, ''),
        isOptional: member.questionToken !== undefined,
        type: member.type?.getText(source) ?? 'any',
      })),
    ]),
  )
}

function readMethods(service: string): Map<string, string> {
  const source = parse(`${service}/${service}.d.ts`)
  const methods = source.statements.filter(ts.isClassDeclaration).flatMap(({ members }) => [...members])
  return new Map(
    methods.filter(ts.isMethodDeclaration).map((method) => {
      const type = method.type?.getText(source) ?? ''
      return [method.name.getText(source), /^Promise<(?:Models\.)?([\w[\]]+)>$/.exec(type)?.[1] ?? 'any']
    }),
  )
}

function compare(models: ReadonlyMap<string, Field[]>, value: unknown, type: string, path: string): string[] {
  if (type === 'any') return []
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${path} is ${kindOf(value)}, not list`]
    return value.flatMap((item) => compare(models, item, type.slice(0, -2), `${path}[]`))
  }
  const fields = models.get(type)
  if (!fields) return kindOf(value) === type ? [] : [`${path} is ${kindOf(value)}, not ${type}`]
  if (kindOf(value) !== 'object') return [`${path || 'all'} is ${kindOf(value)}, not object`]
  return fields.flatMap(({ name, isOptional, type: inner }) => {
    const at = path ? `${path}.${name}` : name
    const own = (value as Record<string, unknown>)[name]
    // The vendor does not distinguish the two: an optional field is often null.
    if (isOptional && (own === undefined || own === null)) return []
    if (own === undefined) return [`${at} is missing`]
    return compare(models, own, inner, at)
  })
}

function extra(models: ReadonlyMap<string, Field[]>, value: unknown, type: string, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => extra(models, item, type.replace(/\[\]$/, ''), `${path}[]`))
  const fields = models.get(type)
  if (!fields || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, own]) => {
    const at = path ? `${path}.${name}` : name
    const field = fields.find((each) => each.name === name)
    return field ? extra(models, own, field.type, at) : [at]
  })
}

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value)
