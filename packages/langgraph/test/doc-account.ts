import type { OpenDocAccount } from '../../../test/tools/doc-accounts.ts'

export const openDocAccount: OpenDocAccount<'langGraph'> = ({ accountOptions: { apiKey } }) => ({
  origins: ['http://127.0.0.1:2024'],
  headers: { 'x-api-key': apiKey },
  ids: {},
  environment: { LANGGRAPH_API_KEY: 'key', LANGGRAPH_ASSISTANT_ID: 'desk' },
})
