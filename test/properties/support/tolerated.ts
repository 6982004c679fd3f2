import type { Tolerated } from '@parley/conformance'

const skills: readonly Tolerated[] = [
  {
    path: 'skills.systemName',
    kind: 'unknown-word',
    reason: 'The list of skills is open, and most of them are no channels: a new one is no drift.',
  },
  { path: 'skills.status', kind: 'unknown-word', reason: 'Whatever is not active is no channel.' },
]

/** What may change without a word, because it means nothing, is no change, or is told elsewhere. */
export const tolerated: Readonly<Record<string, readonly Tolerated[]>> = {
  'leadconnector agents.get': [
    { path: 'goal', kind: 'wrong-type', reason: 'A goal comes as a text or as an object with a prompt.' },
  ],
  'livechatai conversations.get': [
    { path: 'data.messages', reason: 'Only the preview is made of them; messages.list tells what is odd about them.' },
  ],
  'agent-conversation agents.list': skills,
  'agent-conversation agents.get': skills,
}
