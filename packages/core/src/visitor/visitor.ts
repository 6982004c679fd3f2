import type { Visitor } from '../contract/inputs.ts'
import { digest } from '../digest.ts'
import { checkVisitor } from '../input/fields.ts'
import type { Call, OperationContext } from '../transport/protocol.ts'

/** What identifies a person, strongest first. */
export type VisitorKey = 'externalId' | 'email' | 'phone'

export const visitorKeys: readonly VisitorKey[] = ['externalId', 'email', 'phone']

/** A checked visitor. Blank values are gone, and so are an email and a phone that are not verified. */
export interface KnownVisitor extends Omit<Visitor, 'verified'> {
  /** The names under which the visitor is remembered, strongest first. They have no personal data. */
  readonly names: readonly string[]
}

/**
 * Checks a visitor. What the application has not verified is left out, with a warning, because a vendor would find or show
 * the contact by it.
 *
 * @throws InvalidRequestError when nothing identifies the visitor.
 */
export async function knownVisitor(call: Call, given: Visitor): Promise<KnownVisitor> {
  const visitor = checkVisitor(call, given, 'input')
  const { verified: _, customFields, ...texts } = visitor
  const known: Omit<Visitor, 'verified'> = customFields === undefined ? {} : { customFields }
  for (const [name, value] of Object.entries(texts) as [keyof typeof texts, string | undefined][]) {
    if (!value?.trim()) continue
    if (isStated(visitor, name)) known[name] = value.trim()
    else call.reading.warn('degraded', `The ${name} is not verified, so it was not sent.`, { path: name })
  }
  return { ...known, names: await visitorNames(call, visitor) }
}

/** Whether the application vouches for a field. */
const isStated = ({ verified }: Visitor, name: string): boolean => verified === true || !/^(?:email|phone)$/.test(name)

/**
 * The names under which a checked visitor is remembered, strongest first.
 */
export function visitorNames({ vendor, account }: OperationContext, visitor: Visitor): Promise<string[]> {
  const keys = visitorKeys.flatMap((key) => {
    const value = visitor[key]?.trim()
    return value && isStated(visitor, key) ? `${key}:${folded[key](value)}` : []
  })
  return Promise.all(keys.map(async (key) => `visitor ${vendor}:${account} ${await digest(key)}`))
}

/**
 * One person's address can be written in several ways. Only what certainly means the same is folded: other alphabets have
 * letters that become ASCII in lower case, and a phone can have an extension, or no digits at all.
 */
const folded: Readonly<Record<VisitorKey, (value: string) => string>> = {
  externalId: (value) => value,
  email: (value) => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  phone: (value) => value.replace(/[\s().\-/]/g, ''),
}
