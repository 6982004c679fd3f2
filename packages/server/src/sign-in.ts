import type { Hono } from 'hono'
import { html } from 'hono/html'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import type { Auth } from './auth.ts'
import { addressOf, checkOrigin, signInLimit } from './guard.ts'
import type { ServerOptions } from './options.ts'
import type { Env } from './problems.ts'

/** The part of the addresses of sign-in links before their secret. */
export const signInPath = '/sign-in/'

/**
 * The page of a sign-in link. It only shows a button, which then uses up the link: programs that look at links in messages
 * would otherwise use it up before the person does.
 *
 * @param home where the person goes then.
 */
export function addSignIn(app: Hono<Env>, auth: Auth, options: ServerOptions, home: () => Promise<string>): void {
  const limit = signInLimit()
  app.use(
    `${signInPath}*`,
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: [NONCE],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      // With `no-referrer`, browsers send the form without its origin.
      referrerPolicy: 'same-origin',
      strictTransportSecurity: options.publicUrl?.startsWith('https:') ? 'max-age=31536000' : false,
    }),
  )
  app.get(`${signInPath}:secret`, (c) => {
    c.set('route', `${signInPath}{secret}`)
    c.header('cache-control', 'no-store')
    return c.html(page(c.get('secureHeadersNonce'), 'Sign in to the inbox', true))
  })
  app.post(`${signInPath}:secret`, async (c) => {
    c.set('route', `${signInPath}{secret}`)
    c.header('cache-control', 'no-store')
    checkOrigin(c, options)
    if (await auth.signIn(c, c.req.param('secret'))) return c.redirect(await home(), 303)
    limit(addressOf(c, options))
    const text = 'This link was used before, or it has expired. Ask for a new one.'
    return c.html(page(c.get('secureHeadersNonce'), text, false), 403)
  })
}

const page = (nonce: string | undefined, text: string, hasButton: boolean) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Parley</title>
<style nonce="${nonce}">
body { font: 16px/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 24rem; padding: 0 1rem; text-align: center }
button { font: inherit; padding: .5rem 2rem }
</style>
</head>
<body>
<main>
<h1>Parley</h1>
<p>${text}</p>
${hasButton ? html`<form method="post"><button autofocus>Sign in</button></form>` : ''}
</main>
</body>
</html>
`
