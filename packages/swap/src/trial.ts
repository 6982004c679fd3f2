import { ConfigurationError, type FieldProblem, isParleyError, type OperationOptions } from '@parley/core'

const gate: Error = new Error('The trial ends before its first write.')

/**
 * Asks an adapter whether it would write this. The operation runs up to its first request that writes, and ends there. So only
 * what the adapter itself refuses comes back, with the fields that it names.
 *
 * @returns why it refuses. `undefined`: it would send the request.
 * @throws what the operation throws for another reason, such as a read that failed.
 */
export async function refusalOf(
  operation: (options: OperationOptions) => PromiseLike<unknown>,
  options: OperationOptions,
): Promise<Refusal | undefined> {
  try {
    await operation({
      ...options,
      beforeSend() {
        throw gate
      },
    })
  } catch (error) {
    if (error === gate) return undefined
    if (!isParleyError(error) || (error.code !== 'invalid-request' && error.code !== 'unsupported')) throw error
    const { fields = [], message } = error
    return { fields, first: { path: fields[0]?.path ?? '', problem: fields[0]?.problem ?? message } }
  }
  // An adapter that does not ask before it writes cannot be asked what it would do.
  throw new ConfigurationError({
    message:
      'The adapter did not call beforeSend before it wrote. Its requests must go through the transport of @parley/core.',
  })
}

export interface Refusal {
  fields: readonly FieldProblem[]
  /** The first problem, or the message of the error. */
  first: { path: string; problem: string }
}

export interface Accepted {
  /** What the adapter takes. `undefined`: it refuses all of it. */
  input: Record<string, unknown> | undefined
  /** What was taken out, by its path in the input: `channels[1]`. */
  refused: { path: string; problem: string }[]
}

/**
 * The largest part of an input that an adapter takes: what it refuses is taken out, field by field.
 *
 * @param optional the fields that can be taken out.
 */
export async function acceptedPart(
  given: Readonly<Record<string, unknown>>,
  optional: ReadonlySet<string>,
  operation: (input: Record<string, unknown>, options: OperationOptions) => PromiseLike<unknown>,
  options: OperationOptions,
): Promise<Accepted> {
  const input = structuredClone(given) as Record<string, unknown>
  const refused: Accepted['refused'] = []
  for (;;) {
    const refusal = await refusalOf((how) => operation(input, how), options)
    if (!refusal) return { input, refused }
    const [field] = refusal.fields.filter(({ path }) => optional.has(/^\w*/.exec(path)?.[0] ?? ''))
    const path = field && takeOut(input, field.path)
    if (path === undefined) {
      refused.push(refusal.first)
      return { input: undefined, refused }
    }
    refused.push({ path, problem: field?.problem ?? refusal.first.problem })
    if (Object.keys(input).length === 0) return { input: undefined, refused }
  }
}

/** Takes out what a path names: an element of a list, a part of an object, or else the whole field. */
function takeOut(input: Record<string, unknown>, path: string): string | undefined {
  const [, name = '', index, part] = /^(\w+)(?:\[(\d+)\]$|\.(\w+)$)?/.exec(path) ?? []
  const value = input[name]
  if (value === undefined) return undefined
  if (index !== undefined && Array.isArray(value)) {
    const [element] = value.splice(Number(index), 1)
    if (value.length === 0) delete input[name]
    return typeof element === 'string' ? `${name}[${element}]` : name
  }
  if (part !== undefined && typeof value === 'object' && value !== null) {
    delete (value as Record<string, unknown>)[part]
    if (Object.keys(value).length === 0) delete input[name]
    return `${name}.${part}`
  }
  delete input[name]
  return name
}
