import { isRaw, type Problem, redact, type VendorAnswer } from '@parley/core'
import { readLeadConnectorProblem } from '../leadconnector-problem.ts'

const refusedGrant =
  /invalid[ _]grant|invalid (?:refresh[ _]?token|authorization code)|(?:refresh[ _]?token|authorization code) (?:is |has (?:been )?)?(?:invalid|expired|revoked|used)/i
const refusedClient = /invalid[ _]client/i
const suspended = /\bnot active\b/i

/**
 * What went wrong in a call for tokens. A grant that is used up is a 400; whether it is one, only the text says.
 *
 * @param secrets what the request held, in case the vendor quotes it.
 */
export function readOAuthProblem(answer: VendorAnswer, secrets: readonly string[]): Problem | undefined {
  const problem = readLeadConnectorProblem(answer)
  if (!problem) return undefined
  if (problem.vendorMessage !== undefined) problem.vendorMessage = redact(problem.vendorMessage, secrets, 500)
  const isTokenEndpoint = !ofCompany.has(answer.operation)
  return { ...problem, ...(isTokenEndpoint ? kindAtTokenEndpoint(answer, problem) : kindForCompany(answer, problem)) }
}

/** The calls that carry the company's token, and the scope each needs. */
const ofCompany: ReadonlyMap<string, string> = new Map([
  ['oauth.locationToken', 'oauth.write'],
  ['oauth.installedLocations', 'oauth.readonly'],
])

function kindAtTokenEndpoint(answer: VendorAnswer, problem: Problem): Problem {
  const text = `${problem.vendorMessage ?? ''} ${isRaw(answer.body) ? String(answer.body['error'] ?? '') : ''}`
  const { status } = answer
  if (status === 403 && isRaw(answer.body)) return { advice: advice.client }
  if (status !== 400 && status !== 401 && status !== 422) return {}
  if (refusedGrant.test(text)) return { code: 'authentication', aboutCredential: false, advice: advice.grant }
  if (status === 400 && suspended.test(text)) return { code: 'conflict', advice: advice.suspended }
  if (problem.code === 'configuration') return {}
  if (status === 401 || refusedClient.test(text)) {
    return { code: 'configuration', aboutCredential: false, advice: advice.client }
  }
  return {}
}

function kindForCompany({ operation, body }: VendorAnswer, { code, aboutCredential }: Problem): Problem {
  if (code === 'authentication') return { advice: advice.company }
  // A page of the vendor's edge says nothing about the token.
  if (code !== 'permission' || !isRaw(body)) return {}
  if (aboutCredential !== false) return { advice: advice.noCompany }
  return { advice: `A scope is missing. This call needs ${ofCompany.get(operation)}.` }
}

const advice = {
  grant: 'The grant is used up, expired or revoked: send the owner to the authorize URL again.',
  suspended: 'The location is suspended. Its refresh token was kept and works again when the location is active.',
  client:
    'The app was refused: check the options "clientId" (LEADCONNECTOR_CLIENT_ID) and "clientSecret" (LEADCONNECTOR_CLIENT_SECRET).',
  company: 'The token of the company was refused: send its owner to the authorize URL again.',
  noCompany:
    'The token of the company may not do this here: its company differs, or the app is not meant for companies.',
}
