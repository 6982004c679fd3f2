// The graph of the live checks. The server loads it from a folder of the run, beside the installed packages.
import { AIMessage, RemoveMessage, ToolMessage } from '@langchain/core/messages'
import { interrupt, MessagesAnnotation, Send, StateGraph } from '@langchain/langgraph'
import { ChatOpenAI } from '@langchain/openai'

const model = new ChatOpenAI({
  model: 'parrot',
  apiKey: 'no-key-is-needed',
  configuration: { baseURL: process.env['PARLEY_LIVE_MODEL'] },
  maxRetries: 0,
})

/**
 * Answers by the model. `person` waits for a person, `number` until a person has given one; `tool` calls a tool and answers
 * with several messages; `forgetful` removes all messages, also the question; `crash` fails.
 */
async function answer({ messages }) {
  const text = String(messages.findLast(({ type }) => type === 'human').content)
  if (/\bcrash\b/i.test(text)) throw new Error('The graph is broken.')
  if (/\bnumber\b/i.test(text)) {
    // The graph of LangChain's guide that validates what a person gives: one node that asks again.
    let said = interrupt({ question: 'Which number?' })
    while (!/^\d+$/.test(said)) said = interrupt({ question: 'Which number?' })
    return { messages: [new AIMessage({ content: `Number ${said}`, name: 'operator' })] }
  }
  if (/\bperson\b/i.test(text)) {
    const said = interrupt({ question: 'What should the customer hear?', about: text })
    return { messages: [new AIMessage({ content: String(said), name: 'operator' })] }
  }
  if (/\bforgetful\b/i.test(text))
    return { messages: [new RemoveMessage({ id: '__remove_all__' }), new AIMessage('I only know this.')] }
  if (/\btool\b/i.test(text)) return { messages: await answerByTool(messages) }
  return { messages: [await model.invoke(messages)] }
}

async function answerByTool(messages) {
  const id = `call-${messages.length}`
  return [
    new AIMessage('Let me look that up.'),
    new AIMessage({ content: '', tool_calls: [{ id, name: 'find_order', args: { order: '1001' } }] }),
    new ToolMessage({ content: 'Order 1001 is on its way.', tool_call_id: id, name: 'find_order' }),
    await model.invoke(messages),
  ]
}

/** A task that waits for its own person. */
const sign = ({ name }) => ({ messages: [new AIMessage(`${name}: ${interrupt({ question: `${name}?` })}`)] })

/** `countersign` makes three tasks at once. */
const begin = ({ messages }) => {
  const text = String(messages.at(-1).content)
  if (/\bcountersign\b/i.test(text)) return ['Ada', 'Ben', 'Cleo'].map((name) => new Send('sign', { name }))
  return /\bmoment\b/i.test(text) ? 'say' : 'answer'
}

/** `moment` writes something before anything else happens. The node after it still answers the question. */
const say = () => ({ messages: [new AIMessage('One moment, please.')] })

export const graph = new StateGraph(MessagesAnnotation)
  .addNode('answer', answer)
  .addNode('sign', sign)
  .addNode('say', say)
  .addConditionalEdges('__start__', begin, ['answer', 'say', 'sign'])
  .addEdge('say', 'answer')
  .addEdge('sign', '__end__')
  .addEdge('answer', '__end__')
  .compile()
