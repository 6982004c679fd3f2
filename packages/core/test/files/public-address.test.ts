import { describe, expect, test } from 'vitest'
import { isPublicAddress } from '../../src/operations.ts'
import { systemLookup } from '../../src/transport/public-address.ts'
import { acme, failure } from '../helpers/acme.ts'
import { json, serve } from '../helpers/serve.ts'

const base = 'https://api.acme.test/v1'
const isPublic = (url: string, lookup?: (hostname: string) => Promise<string[]>) => isPublicAddress(url, base, lookup)

describe('a public URL', () => {
  test.each([
    'files.example.com',
    'files.example.com.',
    'FILES.EXAMPLE.COM',
    'bücher.example',
    '1password.example',
    '10.example.com',
    '127.example.com',
    '192.168.example.com',
    '0x7f.example.com',
    'local-bakery.example',
    'local.example.com',
    'mylocal.example',
    'internal-news.example.com',
    'internal.example.com',
    'notinternal.example',
    'localhost.example.com',
    'fd00.example.com',
    'fc-barcelona.example',
    '8.8.8.8',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '134744072',
    '[2606:4700:4700::1111]',
    '[2a00:1450:4001:80b::200e]',
    '[2001:4860:4860::8888]',
  ])('can be %s', async (host) => {
    expect(await isPublic(`https://${host}/hooks?x=1`)).toBe(true)
    expect(await isPublic(`https://${host}:8443/`)).toBe(true)
    expect(await isPublic(`http://${host}/`)).toBe(false)
  })

  test.each([
    'localhost',
    'localhost.',
    'LOCALHOST',
    'a.localhost',
    'printer.local',
    'printer.local.',
    'metadata.google.internal',
    'metadata.google.internal.',
    'metadata',
    'intranet',
    'nas.lan',
    'box.home.arpa',
    'host.localdomain',
    // 127.0.0.1 in every way in which a URL takes it.
    '127.0.0.1',
    '127.0.0.1.',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0x7f000001',
    '0177.0.0.1',
    '017700000001',
    '%31%32%37.0.0.1',
    '１２７.0.0.1',
    '127。0。0。1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[2001::1]',
    '0.0.0.0',
    '0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.169.254',
    '168.63.129.16',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '[::]',
    '[fd00:ec2::254]',
    '[fc00::1]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[100::1]',
    '[2001:db8::1]',
    '[3fff::1]',
    '[4000::1]',
    '[::ffff:10.0.0.1]',
    '[::ffff:0:10.0.0.1]',
  ])('cannot be %s', async (host) => {
    expect(await isPublic(`https://${host}/`)).toBe(false)
  })

  test.each(['', 'nowhere', '/path', 'ftp://files.example.com', 'javascript:alert(1)', 'https://', 'https://a b/'])(
    'cannot be %j',
    async (url) => {
      expect(await isPublic(url)).toBe(false)
    },
  )

  test('has no credentials in it', async () => {
    expect(await isPublic('https://user:pw@files.example.com/')).toBe(false)
    expect(await isPublic('https://user@files.example.com/')).toBe(false)
    expect(await isPublicAddress('http://user:pw@127.0.0.1:3000/', 'http://127.0.0.1:3000')).toBe(false)
  })
})

describe('the host of the base URL', () => {
  test.each([
    ['http://127.0.0.1:3000', 'http://127.0.0.1:4000/file', true],
    ['http://127.0.0.1:3000', 'https://127.0.0.1/file', true],
    ['http://localhost:3000', 'http://localhost:3000/file', true],
    ['http://localhost:3000', 'http://127.0.0.1:3000/file', false],
    ['http://127.0.0.1:3000', 'http://files.example.com/file', false],
    ['http://[::1]:3000', 'http://[::1]/file', true],
    ['https://acme.internal', 'https://acme.internal/file', true],
    ['https://acme.internal', 'http://acme.internal/file', false],
    ['https://acme.internal', 'https://other.internal/file', false],
    ['http://127.0.0.1:3000', 'ftp://127.0.0.1/file', false],
  ])('%s is trusted: %s is %s', async (baseUrl, url, expected) => {
    expect(await isPublicAddress(url, baseUrl, async () => ['127.0.0.1'])).toBe(expected)
  })
})

describe('a host name that is resolved', () => {
  const leadsTo = (...ips: string[]) => isPublic('https://files.example.com/', async () => ips)

  test.each(['8.8.8.8', '2606:4700:4700::1111', '64:ff9b::808:808', '::ffff:8.8.8.8'])(
    'can resolve to %s',
    async (ip) => {
      expect(await leadsTo(ip)).toBe(true)
    },
  )

  test.each([
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '::1',
    'fd00::1',
    'fe80::1%eth0',
    '64:ff9b::7f00:1',
    '::ffff:10.0.0.1',
  ])('cannot resolve to %s, not even beside a public address', async (ip) => {
    expect(await leadsTo(ip)).toBe(false)
    expect(await leadsTo('8.8.8.8', ip)).toBe(false)
  })

  test('is accepted if no resolver is known', async () => {
    expect(await leadsTo()).toBe(true)
    expect(await isPublic('https://files.example.com/', () => Promise.reject(new Error('ENOTFOUND')))).toBe(true)
  })

  test.each(['not an address', '[::1]', ' 10.0.0.1', '8.8.8.8 ', ''])(
    'is not public with the resolver’s answer %j',
    async (answer) => {
      expect(await leadsTo(answer)).toBe(false)
      expect(await leadsTo('8.8.8.8', answer)).toBe(false)
    },
  )

  test('is resolved unchanged, and addresses are not resolved', async () => {
    const asked: string[] = []
    const lookup = async (hostname: string) => {
      asked.push(hostname)
      return []
    }
    await isPublic('https://Files.Example.com.:8443/x', lookup)
    for (const host of ['8.8.8.8', '10.0.0.1', 'a.local', 'api.acme.test']) await isPublic(`https://${host}/`, lookup)
    expect(asked).toEqual(['files.example.com'])
  })

  test('is refused before a request is sent, for files and for webhooks', async () => {
    const call = (await failingCall())()
    const problem = 'must be a URL on a public host; this host name resolves to a private address'
    const url = 'https://files.example.com/a?signature=planted'
    for (const work of [call.requestElsewhere(url, { expect: 'bytes' }), call.checkAddress(url, 'url')])
      expect(await failure(work)).toMatchObject({
        code: 'invalid-request',
        outcome: 'not-done',
        fields: [{ path: 'url', problem }],
      })
  })

  test('is no longer resolved when the caller aborts', async () => {
    const caller = new AbortController()
    const lookup = () => new Promise<string[]>(() => caller.abort(new Error('enough')))
    const call = acme('https://acme.test', { lookup }).begin('attachments.read', { signal: caller.signal })
    await expect(call.requestElsewhere('https://files.example.com/', {})).rejects.toThrow('enough')
  })

  test('is resolved by the machine’s name service by default', async () => {
    for (const ip of await systemLookup('localhost')) expect(['127.0.0.1', '::1']).toContain(ip)
    expect(await systemLookup('localhost')).not.toEqual([])
  })
})

/** A call in which no request may go out. */
async function failingCall() {
  const server = await serve((response) => json(response, 200, {}))
  const fetch = () => expect.unreachable()
  const { begin } = acme(server.url, { lookup: async () => ['10.0.0.1'], fetch })
  return () => begin('attachments.read')
}
