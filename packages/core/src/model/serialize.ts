import { InvalidRequestError } from '../errors/kinds.ts'

/**
 * The JSON text of models and anything that contains them, for storing or forwarding. Omits every `raw`, because the
 * vendor's payload contains more than the model. `{ raw: true }` keeps it.
 *
 * @throws InvalidRequestError when the value has no JSON text, or an option is invalid.
 */
export function serialize(value: unknown, options: { raw?: boolean; indent?: number } = {}): string {
  const { raw, indent } = checked(options)
  let text: string | undefined
  try {
    text = JSON.stringify(value, raw ? undefined : withoutRaw, indent)
  } catch {
    // A bigint, or an object that contains itself.
  }
  if (text !== undefined) return text
  throw wrong('value', 'must contain only objects, lists, strings, numbers, true, false and null')
}

function checked(options: unknown): { raw?: boolean; indent?: number } {
  if (typeof options !== 'object' || options === null) throw wrong('options', 'must be an object')
  const { raw, indent } = options as { raw?: unknown; indent?: unknown }
  if (raw !== undefined && typeof raw !== 'boolean') throw wrong('raw', 'must be true or false')
  if (indent !== undefined && !(Number.isInteger(indent) && (indent as number) >= 0))
    throw wrong('indent', 'must be a whole number of at least 0')
  return options as { raw?: boolean; indent?: number }
}

const wrong = (path: string, problem: string): InvalidRequestError =>
  new InvalidRequestError({ message: `serialize: ${path} ${problem}.`, fields: [{ path, problem }] })

/**
 * Removes only vendor payloads: the `raw` of an entity, an event or a warning, which all name their vendor and account,
 * of working hours, which have a schedule, and of what an agent waits for, which is in a `Control` or an `Answer`. A
 * customer's field that happens to be called `raw` is kept.
 */
function withoutRaw(this: unknown, key: string, value: unknown): unknown {
  if (key === 'inputRequests' && Array.isArray(value)) return isWaiting(this) ? value.map(plainRequest) : value
  if (key !== 'raw') return value
  const { vendor, account, schedule } = this as { vendor?: unknown; account?: unknown; schedule?: unknown }
  return (typeof vendor === 'string' && typeof account === 'string') || Array.isArray(schedule) ? undefined : value
}

function isWaiting(holder: unknown): boolean {
  const { holder: who, basis, outcome, attempt } = holder as Readonly<Record<string, unknown>>
  return (
    (typeof who === 'string' && typeof basis === 'string') || (typeof outcome === 'string' && attempt !== undefined)
  )
}

function plainRequest(request: unknown): unknown {
  const { raw: _, ...rest } = Object(request) as { raw?: unknown }
  return rest
}
