import { isRecord, type OperationName, serialize } from '@parley/core'
import { conversationMoved } from '@parley/inbox'
import { type Context, Hono } from 'hono'
import { except } from 'hono/combine'
import { secureHeaders } from 'hono/secure-headers'
import { type Caller, checkScope, chosenAccounts, nothingThere, requireRole, withinScope } from './access.ts'
import type { Auth } from './auth.ts'
import { describeRoutes } from './describe.ts'
import type { Events } from './events.ts'
import { checkHost, checkOrigin } from './guard.ts'
import type { ServerOptions } from './options.ts'
import { addPage, type Page } from './page.ts'
import { answerProblem, type Env, problemOf, Refusal } from './problems.ts'
import { requestReader } from './read-request.ts'
import type { Call, Route } from './route.ts'
import { routes } from './routes/index.ts'
import { addSignIn, signInPath } from './sign-in.ts'
import { addWebhooks } from './webhooks.ts'

interface Parts {
  options: ServerOptions
  auth: Auth
  events: Events
  /** `undefined`: the server is an API only. */
  page: Page | undefined
  isClosing: () => boolean
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** The application: what every request goes through, and every route. */
export function appOf({ options, auth, events, page, isClosing }: Parts): Hono<Env> {
  const { onRequest, onError = () => {}, publicUrl, store } = options
  const app = new Hono<Env>({ strict: true })

  app.use(async (c, next) => {
    const began = performance.now()
    await next()
    onRequest?.({
      method: c.req.method,
      route: c.get('route') ?? null,
      status: c.res.status,
      duration: performance.now() - began,
      person: c.get('person') ?? null,
    })
  })
  app.use(
    except(
      [`${signInPath}*`, ...(page?.paths ?? [])],
      secureHeaders({
        contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], sandbox: [] },
        referrerPolicy: 'no-referrer',
        strictTransportSecurity: publicUrl?.startsWith('https:') ? 'max-age=31536000' : false,
      }),
    ),
  )
  app.use(async (c, next) => {
    checkHost(c, options)
    if (isClosing()) throw new Refusal(503, 'shutting-down', 'The server is shutting down.', { connection: 'close' })
    await next()
  })
  app.onError((error, c) => {
    const answer = problemOf(error, conversationMoved)
    if (answer.status === 500) onError(error)
    return answerProblem(c as Context<Env>, answer)
  })
  app.notFound((c) => answerProblem(c as Context<Env>, problemOf(notFound(c.req.method, c.req.path))))

  app.get('/health/live', (c) => {
    c.set('route', '/health/live')
    return c.json({ status: 'ok' })
  })
  app.get('/health/ready', async (c) => {
    c.set('route', '/health/ready')
    const isReady = await store.accounts().then(
      () => true,
      () => false,
    )
    return c.json({ status: isReady ? 'ok' : 'unavailable' }, isReady ? 200 : 503)
  })
  let description: string | undefined
  app.get('/v1/openapi.json', (c) => {
    c.set('route', '/v1/openapi.json')
    description ??= JSON.stringify(describeRoutes(routes, publicUrl))
    return c.body(description, 200, { 'content-type': 'application/json' })
  })
  if (page) addPage(app, page, options)
  addSignIn(app, auth, options, async () => ((await page?.built()) ? '/' : '/v1/session'))
  addWebhooks(app, options)
  for (const route of routes) addRoute(app, route, { options, auth, events })
  return app
}

/** Everything that a route must not forget: who asks, what they may do, which accounts they see, and what they are shown. */
function addRoute(
  app: Hono<Env>,
  route: Route,
  { options, auth, events }: Pick<Parts, 'options' | 'auth' | 'events'>,
): void {
  checkDeclaration(route)
  const { desk, inbox, store, sync, people = [] } = options
  const known: ReadonlySet<string> = new Set(inbox.accounts)
  const read = requestReader(route)

  const handler = async (c: Context<Env>): Promise<Response> => {
    c.set('route', route.path)
    const caller = await auth.callerOf(c)
    c.set('person', caller.person.id)
    const isRead = safeMethods.has(c.req.method)
    if (caller.by === 'session' && !isRead) checkOrigin(c, options)
    requireRole(caller, route.role)
    const { params, query } = read.address(c)
    checkScope(caller, [params, query], known)
    const { signal } = c.req.raw
    const own = desk.as(caller.person)
    await checkSource(caller, route, params, own, known)
    // Last, so that nobody makes the server read a body for a request that is refused anyway.
    const body = await read.body(c)
    checkScope(caller, body, known)
    const asked = query['accounts'] ?? (isRecord(body) ? body['accounts'] : undefined)
    const accounts = route.account === 'accounts' ? chosenAccounts(caller, asked as string[] | undefined) : undefined
    const inName = inbox.as(caller.person.operatorIds ?? {})
    const call: Call = {
      caller,
      desk: own,
      inbox: inName,
      store,
      sync,
      accounts,
      key: route.takesKey ? keyOf(c) : undefined,
      options: { raw: false, ...(isRead && { signal }) },
      run: (name, args) => operationOf(inName, name)(...args),
      sees: (value) => {
        try {
          checkScope(caller, value, known)
          return true
        } catch {
          return false
        }
      },
      people: people.filter(({ accounts = [...known] }) => accounts.some((name) => caller.accounts.has(name))),
      signOut: () => auth.signOut(c),
      events: async () =>
        // A stream of which only the head is wanted would be open for nobody.
        c.req.method === 'HEAD'
          ? new Response(null, { headers: { 'content-type': 'text/event-stream' } })
          : events.open({
              after: c.req.header('last-event-id') || undefined,
              accounts: new Set(accounts ?? caller.accounts),
              isAllowed: () => isStill(caller, () => auth.callerOf(c, { isUse: false })),
              signal,
              sever: c.env?.outgoing && (() => c.env.outgoing?.destroy()),
            }),
    }
    const result = await route.run({ params, query, body, call })
    c.header('cache-control', 'no-store')
    if (result instanceof Response) return result
    if (!route.result) return c.body(null, 204)
    const text = serialize(withinScope(caller, result, known) ?? null)
    return c.body(text, 200, { 'content-type': 'application/json' })
  }
  app.on(route.method.toUpperCase(), [honoPath(route.path)], handler)
}

/** A route whose declaration does not fit its path is not started. */
function checkDeclaration({ id, path, params, account, query }: Route): void {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  const source = typeof account === 'string' ? undefined : Object.entries(account)[0]
  const isPlaced = source === undefined || source[0] === 'none' || (source[1] === named[0] && named[0] !== undefined)
  if (isPlaced && named.join() === Object.keys(params).join() && (account === 'accounts' || !('accounts' in query)))
    return
  throw new Error(`The route ${id} does not declare what its path and its query have.`)
}

/** Looks at what a route names as the source of its account. @throws NotFoundError */
async function checkSource(
  caller: Caller,
  { account }: Route,
  params: Record<string, unknown>,
  desk: Call['desk'],
  known: ReadonlySet<string>,
): Promise<void> {
  if (account === 'accounts' || 'none' in account || 'ref' in account) return
  if ('name' in account) {
    if (!caller.accounts.has(String(params[account.name]))) throw nothingThere()
  } else checkScope(caller, await desk.send(String(params[account.send])), known)
}

const operationOf = (inbox: object, name: OperationName): ((...args: readonly unknown[]) => Promise<unknown>) => {
  const found = name.split('.').reduce<unknown>((group, step) => (group as Record<string, unknown>)[step], inbox)
  return found as (...args: readonly unknown[]) => Promise<unknown>
}

/** Whether the caller may still see what a stream shows. @throws if it cannot be known now. */
async function isStill(caller: Caller, again: () => Promise<Caller>): Promise<boolean> {
  try {
    return (await again()).person.id === caller.person.id
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function keyOf(c: Context): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key === undefined || (key.length >= 1 && key.length <= 200)) return key
  throw new Refusal(400, 'invalid-request', 'The header Idempotency-Key must have 1 to 200 characters.')
}

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

const patterns = routes.map(({ method, path }) => ({
  method: method.toUpperCase(),
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

/** There is nothing here, or not with this method. */
function notFound(method: string, path: string): Refusal {
  const allowed = patterns.flatMap(({ method, pattern }) => (pattern.test(path) ? [method] : []))
  if (allowed.length === 0) return new Refusal(404, 'not-found', 'There is nothing under this address.')
  const allow = [...new Set(allowed)].join(', ')
  return new Refusal(405, 'method-not-allowed', `There is no ${method} here, only ${allow}.`, { allow })
}
