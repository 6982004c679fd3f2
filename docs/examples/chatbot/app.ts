import { randomUUID } from 'node:crypto'
import { type Chatbot, uiMessages } from '@parley/chatbot'
import { isParleyError, type Visitor } from '@parley/core'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'

/** The website: its page, and the three addresses that the page calls. */
export function chatApp(bot: Chatbot, script: string): Hono<{ Variables: { visitor: Visitor } }> {
  const app = new Hono<{ Variables: { visitor: Visitor } }>()
  app.use(csrf())
  // The cookie is all that identifies an anonymous visitor, so it is a secret that cannot be guessed. The prefix keeps these ids
  // apart from those of customers who have signed in.
  app.use(async (c, next) => {
    const known = getCookie(c, 'visitor') ?? ''
    const id = uuid.test(known) ? known : randomUUID()
    c.set('visitor', { externalId: `anonymous-${id}` })
    await next()
    // After the handler, because the response of the handler has headers of its own.
    setCookie(c, 'visitor', id, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 365 * 24 * 60 * 60 })
  })
  app.post('/chat', (c) => bot.respond(c.get('visitor'), c.req.raw))
  app.get('/chat', async (c) => c.json(uiMessages((await bot.history(c.get('visitor'))).messages)))
  app.post('/hand-off', async (c) => c.json({ by: (await bot.handOff(c.get('visitor'))).by }))
  app.get('/page.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  app.get('/', (c) => c.html(page))
  app.onError((error, c) => {
    console.error(error.message)
    return c.json({ title: 'The chat does not work at the moment.' }, isParleyError(error) ? 502 : 500)
  })
  return app
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chat</title>
<link rel="icon" href="data:,">
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; color: #1c1c1c; background: #fff }
  ol { list-style: none; padding: 0; margin: 0; display: grid; gap: .75rem }
  ol > li { padding: .5rem .75rem; border-radius: .75rem; white-space: pre-wrap; overflow-wrap: anywhere; width: fit-content; max-width: 85% }
  ol > li.user { background: #1d4ed8; color: #fff; justify-self: end }
  ol > li.assistant { background: #eef1f5 }
  li ul { font-size: .875rem; padding-left: 1.25rem; margin: .25rem 0 0; white-space: normal }
  form { display: flex; flex-wrap: wrap; gap: .5rem; position: sticky; bottom: 0; background: #fff; padding: .5rem 0 }
  input { flex: 1 1 12rem; font: inherit; padding: .5rem; min-width: 0 }
  button { font: inherit; padding: .5rem .75rem }
  .note { color: #555; font-size: .875rem; margin: .5rem 0 }
  [role=alert] { color: #b00020 }
</style>
<div id="chat"></div>
<script type="module" src="/page.js"></script>
</html>`
