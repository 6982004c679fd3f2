import { type Harness, type Result, runConformance } from '@parley/conformance'
import { langGraph } from '@parley/langgraph'
import type { LiveServer } from './server.ts'
import { type Api, apiOf, readExpectations } from './truth.ts'

/** The key that an adapter of a server without authentication sends, so that the suite can look for it. */
const plantedKey = 'planted-key-4711'

/** Runs the conformance suite against the real server. */
export async function conform(server: LiveServer, guarded: LiveServer): Promise<Result[]> {
  const api = apiOf(server)
  const seeded = await seed(api)
  const { url: baseUrl } = server
  const keyed = (apiKey: string): Harness['create'] => {
    return (options) => ({
      adapter: langGraph({ baseUrl: guarded.url, assistantId: 'desk', apiKey, ...options }),
      secrets: [apiKey],
    })
  }
  return runConformance({
    name: 'langgraph, live',
    fetch,
    create: (options) => ({
      adapter: langGraph({ baseUrl, assistantId: 'desk', apiKey: plantedKey, ...options }),
      secrets: [plantedKey],
    }),
    wrongCredential: keyed('a-wrong-key'),
    emptyAccount: keyed(guarded.apiKey ?? ''),
    expectations: () => readExpectations(api),
    // The suite reads the newest threads, and makes many.
    reset: async () => void (await api.request('PATCH', `/threads/${seeded.rich}`, { metadata: { title: richTitle } })),
    use: {
      conversationId: seeded.usual,
      contactId: 'contact-1',
      question: 'When do you open?',
      waiting: { question: 'Wait a moment. May I talk to a person?', value: 'We open at nine.' },
      several: 'Look it up with the tool, please.',
    },
  })
}

const richTitle = 'A picture and a thought'

/**
 * More than one page of threads and assistants, as the suite needs them.
 *
 * @returns a usual thread, and one whose messages have everything that a message can have.
 */
async function seed(api: Api): Promise<{ usual: string; rich: string }> {
  let usual = ''
  for (let number = 0; number < 6; number++) {
    const id = await api.open({ contact: `contact-${number % 3}`, title: `Order ${number}` })
    usual = id
    await api.ask(id, `Where is order ${number}?`)
    await api.ask(id, number % 2 === 0 ? 'Thank you.' : 'Look it up with the tool, please.')
  }
  for (let number = 0; number < 3; number++)
    await api.request('POST', '/assistants', { graph_id: 'desk', name: `Assistant ${number}` })
  // The server reads none of these addresses.
  const rich = await api.open({ graph_id: 'desk', title: richTitle })
  await api.plant(rich, [
    {
      type: 'human',
      content: [
        { type: 'text', text: 'Is it this one?' },
        { type: 'image_url', image_url: { url: 'https://shop.example/bike.png' } },
        { type: 'file', url: 'https://shop.example/bike.pdf', mime_type: 'application/pdf' },
      ],
    },
    {
      type: 'ai',
      content: [
        { type: 'reasoning', reasoning: 'It is red.' },
        { type: 'text', text: 'Yes, it is.' },
      ],
    },
  ])
  return { usual, rich }
}
