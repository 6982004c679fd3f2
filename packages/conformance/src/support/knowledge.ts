import type { Adapter, KnowledgeInput, KnowledgeItem } from '@parley/core'
import { collect } from './collect.ts'
import { orRefused } from './refusal.ts'

/** One of each kind, and a file in both of its forms. */
const sampleKnowledge: readonly KnowledgeInput[] = [
  { kind: 'faq', question: 'Do you take old bikes?', answer: 'Yes, on Fridays.' },
  { kind: 'text', title: 'Old bikes', text: 'We take old bikes on Fridays.' },
  { kind: 'website', url: 'https://www.example.com/old-bikes' },
  { kind: 'file', title: 'Old bikes', fileName: 'old-bikes.txt', text: 'We take old bikes on Fridays.' },
  {
    kind: 'file',
    fileName: 'older-bikes.txt',
    contentType: 'text/plain',
    content: new Blob(['We take old bikes on Fridays.'], { type: 'text/plain' }),
  },
]

/** Adds what the vendor takes. */
export async function addKnowledge(adapter: Adapter): Promise<{ input: KnowledgeInput; item: KnowledgeItem }[]> {
  const added: { input: KnowledgeInput; item: KnowledgeItem }[] = []
  for (const input of sampleKnowledge) {
    const item = adapter.knowledge?.add && (await orRefused(adapter.knowledge.add(input)))
    if (item) added.push({ input, item })
  }
  return added
}

export const listedKnowledge = async (adapter: Adapter): Promise<ReadonlyMap<string, KnowledgeItem>> => {
  const list = adapter.knowledge?.list
  return new Map((list ? await collect(list()) : []).map((item) => [item.id, item]))
}
