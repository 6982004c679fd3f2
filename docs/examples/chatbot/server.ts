import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Chatbot } from '@parley/chatbot'
import { build } from 'esbuild'
import { chatApp } from './app.ts'

/** Builds the page and serves the website. @returns its address, and a function that stops it. */
export async function serveChat(bot: Chatbot, port: number): Promise<{ url: string; stop(): void }> {
  const { outputFiles } = await build({
    entryPoints: [new URL('page.tsx', import.meta.url).pathname],
    ...{ bundle: true, write: false, format: 'esm', minify: true, jsx: 'automatic' },
  })
  const server = createAdaptorServer({ fetch: chatApp(bot, outputFiles?.[0]?.text ?? '').fetch })
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening))
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, stop: () => void server.close() }
}
