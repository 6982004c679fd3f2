import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { badRequest, invalid, ok, type Reply } from '../http/leadconnector-reply.ts'
import { needed, oneOf, string, violations } from '../http/leadconnector-rules.ts'
import { withoutUndefined } from '../leadconnector-json.ts'

export const generationEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'GET',
    path: '/conversation-ai/generations',
    family: 'conversation-ai',
    scope: 'conversation-ai.readonly',
    handle: getGeneration,
  },
]

function getGeneration({ query, location, now }: LocationCall): Reply {
  const broken = violations({ messageId: needed(string), source: needed(oneOf('conversation', 'workflow')) }, query)
  if (broken.length > 0) return invalid(broken)
  const found = location.generations.get(query['messageId'] ?? '')
  // The answer for every message that no AI wrote, whoever wrote it.
  if (!found || found.source !== query['source'] || found.visibleAt > now) return badRequest('No Ai suggestion Found')
  const { faqs, website, richText } = found
  const knew = faqs.length + website.length + richText.length > 0
  return ok(
    withoutUndefined({
      prompt: found.prompt,
      intent: found.intent,
      input: found.input,
      responseMessage: found.responseMessage,
      mode: found.mode,
      ...Object.fromEntries(found.agentKeys.map((key) => [key, found.agentId])),
      history: found.history,
      actionLogs: found.actionLogs,
      // Answered without knowledge: one list is null and the other is not there.
      faqs: knew ? faqs : null,
      website: knew ? website : undefined,
      // Promised by the page's text and declared nowhere.
      richText: richText.length > 0 ? richText : undefined,
    }),
  )
}
