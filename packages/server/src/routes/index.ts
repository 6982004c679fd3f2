import type { Route } from '../route.ts'
import { accountRoutes } from './accounts.ts'
import { commandRoutes } from './commands.ts'
import { readRoutes } from './desk.ts'
import { operationRoutes } from './operations.ts'
import { qualityRoutes } from './quality.ts'

/** Every route for which one must be signed in. The description, the client and the table of the authorization test are made of it. */
export const routes: readonly Route[] = [
  ...readRoutes,
  ...commandRoutes,
  ...operationRoutes,
  ...qualityRoutes,
  ...accountRoutes,
]
