import { randomUUID } from 'node:crypto'
import { type Chatbot, uiMessages } from '@parley/chatbot'
import type { Visitor } from '@parley/core'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'

/** The website: its page, and the three addresses that the page calls. */
export function chatApp(bot: Chatbot, script: string): Hono {
  const app = new Hono()
  app.use(csrf())
  app.post('/chat', (c) => bot.respond(visitorOf(c), c.req.raw))
  app.get('/chat', async (c) => c.json(uiMessages((await bot.history(visitorOf(c))).messages)))
  app.post('/hand-off', async (c) => {
    const { by } = await bot.handOff(visitorOf(c), 'The visitor asked for a person.')
    return c.json({ by })
  })
  app.get('/page.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  app.get('/', (c) => {
    visitorOf(c)
    return c.html(page)
  })
  return app
}

/** Who is asking. The cookie is all that identifies an anonymous visitor, so it is a secret that cannot be guessed. */
function visitorOf(c: Context): Visitor {
  const known = getCookie(c, 'visitor') ?? ''
  const externalId = /^[\da-f-]{36}$/.test(known) ? known : randomUUID()
  const year = 365 * 24 * 60 * 60
  setCookie(c, 'visitor', externalId, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: year })
  return { externalId }
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chat</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; color: #1c1c1c; background: #fff }
  ol { list-style: none; padding: 0; display: grid; gap: .75rem }
  li { padding: .5rem .75rem; border-radius: .75rem; white-space: pre-wrap; overflow-wrap: anywhere; width: fit-content; max-width: 85% }
  li.user { background: #1d4ed8; color: #fff; justify-self: end }
  li.assistant { background: #eef1f5 }
  li ul { font-size: .875rem; padding-left: 1.25rem; white-space: normal }
  form { display: flex; gap: .5rem }
  input { flex: 1; font: inherit; padding: .5rem; min-width: 0 }
  button { font: inherit; padding: .5rem .75rem }
  .note { color: #555; font-size: .875rem }
  [role=alert] { color: #b00020 }
</style>
<div id="chat"></div>
<script type="module" src="/page.js"></script>
</html>`
