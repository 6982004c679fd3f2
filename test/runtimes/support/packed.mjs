// Runs beside the packed packages, on whichever Node.js is being tried: imports every entry, and calls each vendor's
// adapter over a real connection.
import { createServer } from 'node:http'
import { isParleyError } from '@parley/core'

/** Each vendor: its package, its factory, the options that open an account at `ORIGIN`, its list, and an answer to it. */
const vendors = JSON.parse(process.argv[2])
const entries = process.argv.slice(3)
for (const entry of entries) if (Object.keys(await import(entry)).length === 0) throw new Error(`${entry} is empty.`)

const lists = Object.fromEntries(vendors.map(({ path, answer }) => [path, answer]))

const asked = []
let status = 200
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://127.0.0.1')
  if (status === 200) asked.push(`${request.method} ${pathname}`)
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(status === 200 ? lists[pathname] : { message: 'not found' }))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

const accounts = []
for (const { entry, factory, options } of vendors) {
  const { [factory]: create } = await import(entry)
  accounts.push(create({ ...options, account: 'packed', baseUrl: options.baseUrl.replace('ORIGIN', origin) }))
}

const listed = []
for (const { conversations } of accounts) for await (const { ref } of conversations.list()) listed.push(ref)

status = 404
const failed = []
for (const { messages } of accounts)
  await messages.list('c-2').then(undefined, (error) => failed.push(isParleyError(error) ? error.code : String(error)))

server.close()
server.closeAllConnections()
const [major] = process.versions.node.split('.')
process.stdout.write(JSON.stringify({ major, entries: entries.length, asked, listed, failed }))
