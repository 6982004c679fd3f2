import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AgentManifest, formatAgentManifest, parseAgentManifest } from '../src/index.ts'

const minimal = { parley: 'agent', version: 1 } as const

const problemsOf = (given: unknown): readonly object[] => {
  try {
    parseAgentManifest(given)
  } catch (error) {
    const { code, fields } = error as { code: string; fields: object[] }
    expect(code).toBe('invalid-request')
    return fields
  }
  return []
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    ...['', ' ', '\n', 'a\nb', ' a\n b\n\n', 'no\n---\nend', '# x', 'a: b', '- a', 'yes', '1e3', '0x1f', '~'],
  ),
  fc.constantFrom(
    ...['\r\n', 'a\r\nb', '\ta\n\tb', '\u0085', '\u2028', '\ufeff', '\ud800', '*a', '&a', '!!str', "'", '"'],
  ),
  fc.constantFrom(...['a\n', '\na', 'a\n\n\n', 'a \nb', '2026-01-01', '.inf', 'null', '%a', '@', '`', '{', '[']),
)
const filled = text.map((value) => `${value}x`)
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((value) => value + 0)
const optional = { requiredKeys: ['kind', 'name'] as const }

const action = fc.oneof(
  fc.record(
    {
      kind: fc.constant('follow-up' as const),
      name: filled,
      enabled: fc.boolean(),
      steps: fc.array(fc.record({ id: number, afterMs: number, message: fc.option(text) })),
    },
    { requiredKeys: [...optional.requiredKeys] },
  ),
  fc.record(
    {
      kind: fc.constant('hand-over' as const),
      name: filled,
      condition: fc.option(text),
      examples: fc.array(text),
      reactivation: fc.record({ afterMs: fc.option(number) }),
    },
    { requiredKeys: [...optional.requiredKeys] },
  ),
)

const manifest = fc.record(
  {
    parley: fc.constant('agent' as const),
    version: fc.constant(1 as const),
    source: fc.record({ vendor: filled, account: filled, agentId: filled }),
    name: fc.option(text),
    status: fc.constantFrom('active' as const, 'inactive' as const),
    channels: fc.array(fc.constantFrom('sms' as const, 'web' as const)),
    isDefault: fc.boolean(),
    prompt: fc.record({ instructions: fc.option(text), whole: text }, { requiredKeys: [] }),
    limits: fc.record(
      { replyDelayMs: number, pause: fc.record({ durationMs: fc.option(number) }) },
      { requiredKeys: [] },
    ),
    tags: fc.array(text),
    actions: fc.array(action),
    workingHours: fc.option(fc.record({ enabled: fc.boolean(), autoReply: fc.option(text) }, { requiredKeys: [] })),
    knowledge: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('faq' as const), question: filled, answer: text }),
        fc.record({ kind: fc.constant('website' as const), url: filled }),
      ),
    ),
  },
  { requiredKeys: ['parley', 'version'] },
)

describe('the text of a manifest', () => {
  it.each(['yaml', 'json'] as const)('in %s reads back exactly, with a stable text', (format) => {
    fc.assert(
      fc.property(manifest, (value) => {
        const given = value as AgentManifest
        const written = formatAgentManifest(given, format)
        expect(Buffer.from(written).toString()).toBe(written)
        const read = parseAgentManifest(written)
        expect(read).toEqual(given)
        expect(formatAgentManifest(read, format)).toBe(written)
      }),
    )
  })

  it('shows prompts of several lines as blocks in YAML', () => {
    const written = formatAgentManifest({ ...minimal, prompt: { instructions: 'Be kind.\nAnswer: soon.\n' } }, 'yaml')
    expect(written).toBe('parley: agent\nversion: 1\nprompt:\n  instructions: |\n    Be kind.\n    Answer: soon.\n')
  })

  it('has the fields in the order of the schema, whatever the order was', () => {
    expect(formatAgentManifest({ tags: [], name: 'Ada', version: 1, parley: 'agent' }, 'json')).toBe(
      '{\n  "parley": "agent",\n  "version": 1,\n  "name": "Ada",\n  "tags": []\n}\n',
    )
  })
})

describe('a bad manifest', () => {
  it('of another version is refused with the version that this library reads', () => {
    expect(problemsOf('parley: agent\nversion: 2\nfuture: yes\n')).toEqual([
      { path: 'version', problem: 'is 2; this Parley reads 1: export the agent again (line 2, column 1)' },
    ])
    expect(problemsOf({ parley: 'agent', version: 'x' })).toMatchObject([{ path: 'version' }])
    expect(problemsOf({ parley: 'agent' })).toMatchObject([{ path: 'version' }])
  })

  it('with an unknown kind of action is refused with the known kinds and a guess', () => {
    expect(problemsOf('parley: agent\nversion: 1\nactions:\n  - name: Help\n    kind: handover\n')).toEqual([
      {
        path: 'actions[0].kind',
        problem:
          'must be one of trigger-workflow, update-contact-field, book-appointment, stop-agent, hand-over, follow-up, transfer-bot, api-call (did you mean "hand-over"?) (line 5, column 5)',
      },
    ])
  })

  it('with unknown fields is refused with the path and the place of each', () => {
    expect(problemsOf('{"parley":"agent","version":1,\n "promt":{},\n "limits":{"pause":{"forMs":1}},"zz":1}')).toEqual(
      [
        { path: 'limits.pause.forMs', problem: 'is no field of the manifest (line 3, column 21)' },
        { path: 'promt', problem: 'is no field of the manifest (did you mean "prompt"?) (line 2, column 2)' },
        { path: 'zz', problem: 'is no field of the manifest (line 3, column 33)' },
      ],
    )
  })

  it('with wrong types is refused with what is wanted, and without the value', () => {
    const given = {
      ...minimal,
      name: 1,
      channels: ['fax'],
      limits: { maxMessages: 'many' },
      actions: [{ kind: 'hand-over' }],
      knowledge: 'x',
    }
    expect(problemsOf(given)).toEqual([
      { path: 'name', problem: 'must be a string' },
      { path: 'channels[0]', problem: expect.stringMatching(/^must be one of sms, /) },
      { path: 'limits.maxMessages', problem: 'must be a number' },
      { path: 'actions[0].name', problem: 'is required' },
      { path: 'knowledge', problem: 'must be a list' },
    ])
  })

  it.each([
    ['a duplicate key', 'parley: agent\nversion: 1\nname: a\nname: b\n', 'has a key twice (line 4, column 1)'],
    [
      'a second document',
      'parley: agent\nversion: 1\n---\nparley: agent\n',
      'must be a single document (line 3, column 1)',
    ],
    [
      'an alias',
      'parley: agent\nversion: 1\ntags: &a [x]\nknowledge: *a\n',
      'must not have aliases (*) (line 4, column 12)',
    ],
    ['a tag', 'parley: agent\nversion: 1\nname: !secret x\n', 'must not have tags (!) (line 3, column 7)'],
    ['broken syntax', 'parley: [agent\nversion: 1\n', expect.stringMatching(/^is neither YAML nor JSON: .* \(line \d/)],
    ['a number as its key', 'parley: agent\nversion: 1\n1: x\n', expect.stringMatching(/line 3/)],
    ['a list', '- a', 'must be an object'],
    ['nothing', '', 'must be an object'],
    ['thousands of levels', `${'['.repeat(50_000)}`, expect.any(String)],
  ])('that is %s is refused', (_, given, problem) => {
    expect(problemsOf(given)).toEqual([{ path: expect.any(String), problem }])
  })

  it('with aliases that multiply is refused at once', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `k${index}: &a${index} [*a${index - 1}, *a${index - 1}]`)
    expect(problemsOf(`parley: agent\nversion: 1\nk: &a-1 x\n${lines.join('\n')}`)).toHaveLength(1)
  })

  it.each(['!!str x', '!!binary eA==', '!!map {}', '!own x', '! x'])('with the tag of %s is refused', (value) => {
    expect(problemsOf(`parley: agent\nversion: 1\nname: ${value}\n`)).toMatchObject([
      { problem: expect.stringMatching(/^must not have tags \(!\) \(line 3, column \d+\)$/) as string },
    ])
  })

  it.each([
    ['lists', '[', ']'],
    ['objects', '{a: ', '}'],
  ])('with thousands of levels of %s is refused for its levels', (_, open, close) => {
    const deep = open.repeat(20_000) + close.repeat(20_000)
    expect(problemsOf(`parley: agent\nversion: 1\nname: ${deep}`)).toMatchObject([
      { problem: expect.stringContaining('is nested too deeply') as string },
    ])
  })

  it('with thousands of mistakes is refused with a message that people can read, and all fields', () => {
    const knowledge = Array.from({ length: 2000 }, () => ({ kind: 'dance' }))
    const refusal = () => parseAgentManifest({ ...minimal, knowledge })
    expect(refusal).toThrow(/; and 1990 more\.$/)
    expect(problemsOf({ ...minimal, knowledge })).toHaveLength(2000)
  })

  it('that is another file of Parley is refused as such', () => {
    expect(problemsOf({ accounts: [] })).toEqual([
      { path: 'parley', problem: 'must be agent: this is not the manifest of an agent' },
    ])
  })

  it('cannot change the prototype of an object', () => {
    expect(problemsOf('parley: agent\nversion: 1\n__proto__: { polluted: true }\n')).toMatchObject([
      { path: '__proto__' },
    ])
  })
})
