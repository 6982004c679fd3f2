import { checkId, checkInput } from '../input/check.ts'
import { invalid } from '../input/invalid.ts'
import type { Call } from '../transport/call.ts'
import { encodePart } from '../transport/url.ts'

type Ids = Readonly<Record<string, string>>

/**
 * A path with its ids in place of the braces, percent-encoded.
 *
 * @throws InvalidRequestError for an id that is missing, or that the route has no place for.
 */
export function fillRoute(call: Call, template: string, given: unknown): string {
  const ids = given === undefined ? {} : checkInput(call, given as Ids, 'path')
  const names = new Set<string>()
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    names.add(name)
    return encodePart(checkId(call, Object.hasOwn(ids, name) ? ids[name] : undefined, `path.${name}`))
  })
  for (const name of Object.keys(ids))
    if (!names.has(name)) throw invalid(call, `path.${name}`, 'is not a parameter of the route')
  return path
}
