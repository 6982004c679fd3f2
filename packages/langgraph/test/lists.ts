import { agents, conversations, type List, messages } from '../../../test/fuzz/list.ts'
import { assistant, systemAssistant } from './fixtures/assistants.ts'
import { answer, question, said, threadOf, toolCall, toolResult, waitingThread } from './fixtures/threads.ts'

/** Every list of the adapter; test/fuzz/lists.test.ts names one that is missing. */
export const lists: readonly List[] = [
  { ...agents, idField: 'assistant_id', items: [assistant, systemAssistant], answer: (items) => items },
  {
    ...conversations,
    idField: 'thread_id',
    items: [threadOf([question, answer]), waitingThread([question])],
    answer: (items) => items,
  },
  {
    ...messages,
    items: [question, answer, said, toolCall, toolResult],
    answer: (items) => threadOf(items as object[]),
  },
]
