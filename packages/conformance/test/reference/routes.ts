import type { Route } from './route.ts'
import { agentRoutes } from './routes-agents.ts'
import { chatRoutes } from './routes-chats.ts'
import { contactRoutes } from './routes-contacts.ts'
import { fileRoutes } from './routes-files.ts'
import { knowledgeRoutes } from './routes-knowledge.ts'
import { lineRoutes } from './routes-lines.ts'

export const routes: readonly Route[] = [
  ...agentRoutes,
  ...chatRoutes,
  ...contactRoutes,
  ...fileRoutes,
  ...knowledgeRoutes,
  ...lineRoutes,
]
