import type { Tolerated } from '@parley/conformance'

/** What may change in a payload without a warning, by reader; each with the reason. */
export const tolerated: Readonly<Record<string, readonly Tolerated[]>> = {
  'agent-conversation readAgent': [
    { path: 'skills.systemName', kind: 'unknown-word', reason: 'Most skills are no channels: a new one is no drift.' },
    { path: 'skills.status', kind: 'unknown-word', reason: 'Whatever is not active is no channel.' },
  ],
  'agent-conversation readMessage': [
    { path: 'fullAIResponse.urlCitations', kind: 'wrong-type', reason: 'A citation has no field that it must have.' },
  ],
  'agent-conversation readAIResponse': [
    { path: 'fullAIResponse.urlCitations', kind: 'wrong-type', reason: 'A citation has no field that it must have.' },
  ],
  'leadconnector readAgent': [
    { path: 'goal', kind: 'wrong-type', reason: 'A goal comes as a text or as an object with a prompt.' },
  ],
  'leadconnector readGeneration': [
    { path: 'actionLogs', reason: 'The elements have no declared type; whatever they are is kept in `details`.' },
  ],
  'livechatai readMessage': [
    { path: 'source', kind: 'wrong-type', reason: 'A citation has no field that it must have.' },
  ],
  'livechatai readConversation': [
    { path: 'messages', reason: 'Only the preview is made of them; the messages themselves tell what is odd.' },
  ],
}
