import { isRaw } from '../read/reading.ts'
import type { Problem, VendorAnswer } from './protocol.ts'

/** What routers and gateways say in JSON about a path that they do not serve. */
const routerSays =
  /^(?:cannot (?:get|head|post|put|patch|delete) \/|no (?:static resource|(?:matching )?route)\b|(?:the )?(?:route|endpoint|url|path)\b.{0,300}\bnot (?:be )?(?:found|exist)|unknown (?:route|endpoint|url|path)\b|the requested (?:route|endpoint|url|path)\b|missing authentication token)/i

/**
 * Whether a 404 is about the address and not about the thing: a page or a plain text, where the vendor's API answers with
 * JSON, or what a router says. An empty body proves neither.
 */
function isUnserved({ status, body }: VendorAnswer): boolean {
  if (status !== 404) return false
  if (typeof body === 'string') return body.trim() !== ''
  if (!isRaw(body)) return false
  const { message, error, detail } = body
  return [message, isRaw(error) ? error['message'] : error, detail].some(
    (text) => typeof text === 'string' && routerSays.test(text),
  )
}

/** The problem of an answer, with advice for a path that is not served, unless the adapter has a word of its own. */
export function addressedProblem(answer: VendorAnswer, problem: Problem | undefined): Problem | undefined {
  if (problem?.code !== undefined || problem?.advice !== undefined || !isUnserved(answer)) return problem
  return { ...problem, advice: 'This address may not serve the API at all; check baseUrl.' }
}
