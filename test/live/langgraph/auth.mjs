// The server's own authentication: one key. Only a server that is started with a key loads it.
import { Auth, HTTPException } from '@langchain/langgraph-sdk/auth'

export const auth = new Auth().authenticate(async (request) => {
  if (request.headers.get('x-api-key') === process.env['PARLEY_LIVE_KEY']) return 'desk'
  throw new HTTPException(401, { message: 'Invalid key' })
})
