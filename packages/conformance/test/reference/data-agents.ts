export interface StoredAgent {
  id: string
  name: string
  on: boolean
  purpose: string | null
  tone: string | null
  orders: string | null
}

/** What a tool does is kept under the vendor's own words for it. */
export interface StoredTool {
  id: string
  agent: string
  kind: string
  name: string
  on: boolean
  does: Record<string, unknown>
}

export interface StoredHours {
  agent: string
  on: boolean
  where: string[]
  clock: string
  week: { day: string; spans: { from: string; to: string }[] }[]
  linger: number | null
  away: string | null
  back: string | null
}

export const createAgents = (): StoredAgent[] =>
  ['Pip', 'Spoke', 'Quill'].map((name, index) => ({
    ...{ id: `agent-${index}a`, name, on: index < 2 },
    ...{ purpose: 'Answers about orders.', tone: index === 0 ? 'Calm' : null, orders: null },
  }))

const kinds = ['flow', 'field', 'booking', 'stop', 'human', 'nudge', 'pass', 'http', 'hologram']

/** One of each kind, and one of a kind that nobody has mapped; then a few more for a second page. */
export const createTools = (): StoredTool[] =>
  [...kinds, 'flow', 'flow', 'stop'].map((kind, index) => ({
    ...{ id: `tool-${10 + index}`, agent: 'agent-0a', kind, name: `Tool ${index}`, on: index % 2 === 0 },
    does: does[kind] ?? {},
  }))

const does: Readonly<Record<string, Record<string, unknown>>> = {
  flow: { flows: ['flow-1'], when: 'They want a refund.', say: null },
  field: { field: 'field-1', note: 'Their size.', examples: [{ text: 'I wear 42.', change: 'add' }] },
  booking: { calendar: 'calendar-1', link: false },
  stop: { trigger: 'goodbye', when: 'They say goodbye.', examples: ['Bye.'], last: 'Goodbye.', wake: null },
  human: { trigger: 'custom', when: 'They are angry.', examples: [], last: 'One moment.', wake: 3600, tags: ['angry'] },
  nudge: {
    scenario: 'busy',
    steps: [{ id: 1, after: 600, say: null, flow: null }],
    settings: { switches: true, kept: false, clock: 'customer', days: [] },
  },
  pass: { trigger: 'default', to: 'agent-1a', when: null, examples: [] },
}
